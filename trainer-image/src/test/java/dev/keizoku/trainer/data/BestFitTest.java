package dev.keizoku.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestFitTest {
  private static List<List<Integer>> lengths(int length, int... documents) {
    var fitted = new BestFit(documents, length);
    return IntStream.range(0, fitted.windows())
        .mapToObj(window -> fitted.parts(window).stream().map(Part::taken).toList())
        .toList();
  }

  /** The windows of Hugging Face's TRL; made by {@code src/test/reference/bfd.py}. */
  @Test
  void windowsAreThoseOfTrl() throws IOException {
    var mapper = new ObjectMapper();
    for (var golden : mapper.readTree(BestFitTest.class.getResourceAsStream("/data/bfd.json"))) {
      var documents = mapper.convertValue(golden.get("documents"), int[].class);
      var windows = new ArrayList<List<Integer>>();
      golden
          .get("windows")
          .forEach(window -> windows.add(List.of(mapper.convertValue(window, Integer[].class))));
      assertThat(lengths(golden.get("length").asInt(), documents)).isEqualTo(windows);
    }
  }

  @Test
  void whatIsLongerFillsWindowsAndItsRestIsPlacedLikeADocument() {
    var fitted = new BestFit(new int[] {20, 4, 0, 8}, 8);
    assertThat(fitted.windows()).isEqualTo(4);
    assertThat(fitted.parts(3)).containsExactly(new Part(0, 16, 0, 4), new Part(1, 0, 4, 4));
    assertThat(fitted.parts(0)).containsExactly(new Part(0, 0, 0, 8));
    assertThat(fitted.parts(1)).containsExactly(new Part(0, 8, 0, 8));
    assertThat(fitted.parts(2)).containsExactly(new Part(3, 0, 0, 8));
  }

  @Test
  void noTokenIsLostNoneComesTwiceAndWhatFitsIsNeverCut() {
    var random = new SplittableRandom(3);
    for (var length : new int[] {1, 7, 64, 500}) {
      var documents = new int[400];
      Arrays.setAll(
          documents, i -> i % 9 == 0 ? 0 : 1 + random.nextInt(i % 7 == 0 ? 3 * length : length));
      var fitted = new BestFit(documents, length);
      var seen = new HashSet<Long>();
      var pieces = new int[documents.length];
      for (var window = 0; window < fitted.windows(); window++) {
        var at = 0;
        for (var part : fitted.parts(window)) {
          assertThat(part.at()).isEqualTo(at);
          at += part.taken();
          pieces[part.document()]++;
          for (var token = part.from(); token < part.from() + part.taken(); token++) {
            assertThat(seen.add((long) part.document() << 32 | token)).isTrue();
          }
        }
        assertThat(at).isBetween(1, length);
      }
      assertThat(seen).hasSize(Arrays.stream(documents).sum());
      for (var document = 0; document < documents.length; document++) {
        assertThat(pieces[document]).isEqualTo(Math.ceilDiv(documents[document], length));
      }
      // At most one window is half empty, or two could have been one.
      var fills = new ArrayList<Integer>();
      IntStream.range(0, fitted.windows())
          .forEach(n -> fills.add(fitted.parts(n).stream().mapToInt(Part::taken).sum()));
      assertThat(fills.stream().filter(fill -> 2 * fill <= length).count()).isLessThanOrEqualTo(1);
    }
  }
}
