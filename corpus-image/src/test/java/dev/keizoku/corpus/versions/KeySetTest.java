package dev.keizoku.corpus.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.corpus.dedup.DuplicateKey;
import dev.keizoku.storage.tokens.DocumentKeys.Key;
import org.junit.jupiter.api.Test;

class KeySetTest {

  @Test
  void aFileThatIsReadOnceMoreReplacesWhatItGave() {
    var keys = new KeySet();
    var first = keys.another();
    for (int i = 0; i < 3000; i++) {
      first.accept(i, new Key(i, 0));
    }
    first.accept(0, new Key(-7, 0));
    keys.another().accept(0, new Key(9000, 0));
    assertThat(keys.contains(new DuplicateKey(-7, 0))).isTrue();
    assertThat(keys.contains(new DuplicateKey(9000, 0))).isTrue();
    assertThat(keys.contains(new DuplicateKey(1, 0))).isFalse();
  }

  @Test
  void moreThanOneArrayHoldsIsToldAndNotComparedInPart() {
    assertThat(KeySet.moreThan(1024)).isEqualTo(2048);
    assertThat(KeySet.moreThan(1 << 30)).isEqualTo(Integer.MAX_VALUE - 8);
    assertThatThrownBy(() -> KeySet.moreThan(Integer.MAX_VALUE - 8))
        .hasMessageContaining("name fewer in deduplication.against");
  }
}
