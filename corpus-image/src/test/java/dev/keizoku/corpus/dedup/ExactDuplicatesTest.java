package dev.keizoku.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactDuplicatesTest {

  @Test
  void theFirstInOrderStaysWhateverWasReadFirst() {
    var documents = List.of("b銀行", "a銀行", "c手形", "d銀行");
    var reversed = documents.reversed();
    for (var order : List.of(documents, reversed)) {
      assertThat(ExactDuplicates.find(order, ExactDuplicatesTest::key, Comparator.naturalOrder()))
          .containsExactlyInAnyOrder("b銀行", "d銀行");
    }
    assertThat(
            ExactDuplicates.find(
                Collections.<String>emptyList(),
                ExactDuplicatesTest::key,
                Comparator.naturalOrder()))
        .isEmpty();
  }

  private static DuplicateKey key(String document) {
    return DuplicateKey.of(document.substring(1));
  }
}
