package dev.keizoku.corpus.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectsTest {

  private static Reject reject(int source, long order, RejectReason reason) {
    return new Reject(source, order, "f" + order, reason, "it is\nso", 10);
  }

  @Test
  void countsBySourceAndReason() {
    var rejects = new Rejects(2);
    rejects.add(reject(0, 0, RejectReason.DAMAGED));
    rejects.add(reject(0, 1, RejectReason.NO_TEXT));
    rejects.add(reject(0, 2, RejectReason.NO_TEXT));
    rejects.add(reject(1, 3, RejectReason.DAMAGED));
    assertThat(rejects.counts(0)).containsExactly(entry("damaged", 1), entry("noText", 2));
    assertThat(rejects.documents(0)).isEqualTo(3);
    assertThat(rejects.bytes(0)).isEqualTo(30);
    assertThat(rejects.documents()).isEqualTo(4);
    assertThat(rejects.worst(0)).extracting(Reject::place).containsExactly("f1", "f0");
    assertThat(rejects.listed().getFirst().why()).isEqualTo("it is so");
  }

  private static java.util.Map.Entry<String, Long> entry(String word, long count) {
    return java.util.Map.entry(word, count);
  }

  @Test
  void listsTheFirstOfThemInWhateverOrderTheyCome() {
    var orders = IntStream.range(0, Rejects.LISTED + 500).boxed().toList();
    var shuffled = new java.util.ArrayList<>(orders);
    Collections.shuffle(shuffled, new Random(1));
    var rejects = new Rejects(1);
    shuffled.forEach(order -> rejects.add(reject(0, order, RejectReason.INVALID_RECORD)));
    assertThat(rejects.listed())
        .extracting(reject -> (int) reject.order())
        .isEqualTo(orders.subList(0, Rejects.LISTED));
    assertThat(rejects.documents(0)).isEqualTo(Rejects.LISTED + 500);
  }

  @Test
  void leftOutFilesAreCountedByExtensionWithinBounds() {
    var files = new LeftOutFiles(1);
    files.add(0, "a/x.CSV");
    files.add(0, "a/y.csv");
    files.add(0, "b.zip!inner/README");
    files.add(0, "page.html@a=very-long-query-string");
    for (int i = 0; i < 1000; i++) {
      files.add(0, "x.e" + i);
    }
    assertThat(files.counts(0))
        .containsEntry("csv", 2L)
        .containsEntry("(none)", 1L)
        .hasSizeLessThanOrEqualTo(51);
    assertThat(files.counts(0).values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1004);
  }
}
