package dev.keizoku.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactDuplicatesTest {

  @Test
  void widthSpaceAndSignsDoNotMakeAnotherDocument() {
    assertThat(DuplicateKey.of("当社の売上高は、１２億円。")).isEqualTo(DuplicateKey.of("当社の売上高は 12億円"));
  }

  @Test
  void numbersDo() {
    assertThat(DuplicateKey.of("売上高は12億円")).isNotEqualTo(DuplicateKey.of("売上高は13億円"));
  }

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
