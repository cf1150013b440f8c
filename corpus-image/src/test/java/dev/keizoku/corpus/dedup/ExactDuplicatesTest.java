package dev.keizoku.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExactDuplicatesTest {
  @Test
  void theFirstOfEqualTextsStays() {
    var ranked = List.of("売上高は100円", "利益は200円", "売上高は１００円。", "利益は△200円", "売上高 は100円");
    assertThat(ExactDuplicates.originals(ranked, DuplicateKey::of)).containsExactly(0, 1, 0, 3, 0);
  }
}
