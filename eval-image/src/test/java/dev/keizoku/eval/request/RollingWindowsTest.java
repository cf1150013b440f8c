package dev.keizoku.eval.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.tokenizer.TextStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingWindowsTest {
  private static final int BOS = 900;
  private static final TextStart WITH_BOS = new TextStart(OptionalInt.of(BOS));

  @ParameterizedTest
  @CsvSource({"1, 4", "4, 4", "5, 4", "8, 4", "9, 4", "23, 5", "100, 7", "3, 2"})
  void everyTokenIsPredictedOnceFromWhatIsBeforeIt(int length, int positions) {
    var tokens = IntStream.range(0, length).toArray();
    for (var start : List.of(TextStart.NOTHING, WITH_BOS)) {
      var predicted = new ArrayList<Integer>();
      for (var window : RollingWindows.of(tokens, start, BOS, positions)) {
        assertThat(window.context().length + window.continuation().length - 1)
            .isLessThanOrEqualTo(positions);
        var own = Arrays.stream(window.context()).filter(id -> id != BOS).toArray();
        int first = window.continuation()[0];
        assertThat(own).isEqualTo(IntStream.range(first - own.length, first).toArray());
        Arrays.stream(window.continuation()).forEach(predicted::add);
      }
      assertThat(predicted).containsExactlyElementsOf(Arrays.stream(tokens).boxed().toList());
    }
  }

  @Test
  void everyWindowBeginsAsTextsOfTheModelDo() {
    var tokens = IntStream.range(0, 20).toArray();
    assertThat(RollingWindows.of(tokens, WITH_BOS, BOS, 6))
        .hasSizeGreaterThan(2)
        .allSatisfy(window -> assertThat(window.context()).startsWith(BOS));
    assertThat(RollingWindows.of(tokens, TextStart.NOTHING, BOS, 6))
        .filteredOn(window -> window.context()[0] == BOS)
        .hasSize(1);
  }
}
