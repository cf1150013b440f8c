package dev.keizoku.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private void write(CheckpointFolder folder, long step, String... names) {
    for (var name : names) {
      store.put(folder.of(step).child(name), new byte[] {1});
    }
  }

  /** An upload whose process was killed in the middle. */
  private void begin(CheckpointFolder folder, long step, int rank) {
    store.create(folder.of(step).child(CheckpointFolder.fileName(rank))).write(new byte[1000]);
  }

  private List<String> files() throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aKilledUploadIsNoCheckpointAndGoesWithAllThatItSent() throws IOException {
    var folder = new CheckpointFolder(store, StoreUri.of(root));
    write(folder, 5, "rank-0.bin", CheckpointMetadata.FILE_NAME);
    write(folder, 10, "metrics.jsonl", "rank-0.bin");
    begin(folder, 10, 1);
    begin(folder, 10, 7);
    assertThat(folder.complete()).containsExactly(5L);
    assertThat(files()).hasSize(6);
    folder.prune(List.of(5L));
    assertThat(files()).containsExactly("step-00000005/metadata.json", "step-00000005/rank-0.bin");
  }

  @Test
  void aStepThatIsSavedOnceMoreBeginsWithNothing() throws IOException {
    var folder = new CheckpointFolder(store, StoreUri.of(root));
    write(folder, 10, "metrics.jsonl");
    begin(folder, 10, 0);
    write(folder, 20, "rank-0.bin", CheckpointMetadata.FILE_NAME);
    folder.remove(10);
    folder.remove(20);
    folder.remove(30);
    assertThat(files()).isEmpty();
  }
}
