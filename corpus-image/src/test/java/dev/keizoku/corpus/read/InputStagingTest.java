package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.HubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
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
      new InputStaging(store, KnownDigests.none(), folder.resolve("scratch"), progress)
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

  @Test
  void copiesADatasetOfAHub() throws IOException {
    var row = "{\"text\":\"本日の決定\"}\n".repeat(200).getBytes(StandardCharsets.UTF_8);
    try (var hub = HubServer.ofDataset();
        var store =
            StoreRouter.open(
                null, null, HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", hub.endpoint())))) {
      hub.files.put("README.md", new byte[] {1});
      hub.files.put("data/a.jsonl", row);
      hub.files.put("data/b.jsonl", new byte[] {'{', '}'});
      var source =
          new Source(
              "s",
              "hf://datasets/acme/tiny@main/",
              null,
              null,
              "data/*.jsonl",
              null,
              "test",
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      var told = new LongAdder();
      var inputs =
          new InputStaging(store, KnownDigests.none(), folder.resolve("hub"), new Counted(told))
              .stage(List.of(source));
      assertThat(inputs)
          .extracting(InputFile::path)
          .containsExactly("data/a.jsonl", "data/b.jsonl");
      assertThat(inputs.getFirst().sha256()).isEqualTo(Digests.sha256(row));
      assertThat(Files.readAllBytes(inputs.getFirst().local())).isEqualTo(row);
      assertThat(told.sum()).isEqualTo(row.length + 2);
      hub.corrupt = true;
      assertThatThrownBy(
              () ->
                  new InputStaging(
                          store, KnownDigests.none(), folder.resolve("wrong"), new Counted(told))
                      .stage(List.of(source)))
          .hasMessageContaining("data/a.jsonl");
    }
  }

  private record Counted(LongAdder told) implements InputStaging.Progress {
    @Override
    public void begin(long bytes) {}

    @Override
    public void staged(long bytes) {
      told.add(bytes);
    }
  }
}
