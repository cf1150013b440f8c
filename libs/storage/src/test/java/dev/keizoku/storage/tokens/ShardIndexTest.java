package dev.keizoku.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The format against files made by src/test/python/make_megatron_shard.py. */
class ShardIndexTest {

  @Test
  void writesWhatMegatronWrites() throws IOException {
    assertThat(new ShardIndex(new int[] {3, 1, 0, 4}).bytes()).isEqualTo(golden("shard.idx"));
  }

  @Test
  void readsWhatMegatronWrote() throws IOException {
    var index = ShardIndex.parse(golden("shard.idx"), "shard.idx");
    assertThat(index.lengths()).containsExactly(3, 1, 0, 4);
    assertThat(index.starts()).containsExactly(0, 3, 4, 4, 8);
    assertThat(index.tokens()).isEqualTo(8);
  }

  @Test
  void readsTheTokensThroughTheMapping() {
    var folder = Path.of("src/test/resources/golden");
    try (var shard =
        new TokenShardReader(folder.resolve("shard.bin"), folder.resolve("shard.idx"))) {
      assertThat(shard.documents()).isEqualTo(4);
      assertThat(shard.document(0)).containsExactly(1, 2, 3);
      assertThat(shard.document(2)).isEmpty();
      assertThat(shard.document(3)).containsExactly(70000, 2, 151935, 0);
    }
  }

  @Test
  void refusesACutOffFileWithASentence() throws IOException {
    var cut = java.util.Arrays.copyOf(golden("shard.idx"), 60);
    assertThatThrownBy(() -> ShardIndex.parse(cut, "s3://b/shard.idx"))
        .isInstanceOf(RunFault.class)
        .hasMessage(
            "s3://b/shard.idx is not a token shard: it is cut off; build the corpus again.");
  }

  @Test
  void refusesAForeignFile() {
    assertThatThrownBy(() -> ShardIndex.parse(new byte[100], "x.idx"))
        .hasMessageContaining("its head is not Megatron's");
  }

  private static byte[] golden(String name) throws IOException {
    try (var in = ShardIndexTest.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    }
  }
}
