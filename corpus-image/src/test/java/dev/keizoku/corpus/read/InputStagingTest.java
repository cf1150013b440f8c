package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputStagingTest {
  @TempDir Path folder;

  @Test
  void tellsOfEveryPieceOfAFile() throws IOException {
    Files.write(folder.resolve("large.txt"), new byte[5 << 20]);
    Files.write(folder.resolve("small.txt"), new byte[3]);
    var told = Collections.synchronizedList(new ArrayList<Long>());
    var progress =
        new InputStaging.Progress() {
          @Override
          public void begin(long bytes) {
            told.add(-bytes);
          }

          @Override
          public void staged(long bytes) {
            told.add(bytes);
          }
        };
    try (var store = StoreRouter.open(null, null)) {
      var uri = StoreUri.of(folder) + "/";
      new InputStaging(store, folder.resolve("scratch"), progress)
          .stage(
              List.of(
                  new Source(
                      "s", uri, null, null, null, null, "test", null, null, null, null, null, null,
                      null)));
    }
    long size = (5 << 20) + 3;
    assertThat(told.getFirst()).as("what there is to do comes first").isEqualTo(-size);
    assertThat(told.stream().skip(1).mapToLong(Long::longValue).sum()).isEqualTo(size);
    assertThat(told).as("a large file moves the clock many times").hasSizeGreaterThan(6);
  }
}
