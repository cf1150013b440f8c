package dev.keizoku.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.parquet.ParquetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A corpus version that holds nothing but its held-out documents. */
public final class HeldOutCorpus {
  private static final String FILE = "documents/heldout-00000.parquet";

  private HeldOutCorpus() {}

  /**
   * Writes one.
   *
   * @return its manifest
   */
  public static Path write(Path folder, List<String> texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var columns = List.of(ParquetColumn.string("id"), ParquetColumn.string("text"));
    var table = new ParquetWriter(bytes, columns);
    for (var text : texts) {
      table.add(new Object[] {Digests.sha256(text.getBytes()), text});
    }
    table.finish();
    Files.createDirectories(folder.resolve("documents"));
    Files.write(folder.resolve(FILE), bytes.toByteArray());
    var split = Map.of("documents", 0, "tokens", 0, "characters", 0, "shards", List.of());
    var manifest =
        Map.of(
            "formatVersion",
            1,
            "version",
            "0".repeat(64),
            "train",
            split,
            "heldOut",
            split,
            "files",
            List.of(
                Map.of(
                    "path", FILE,
                    "bytes", bytes.size(),
                    "sha256", Digests.sha256(bytes.toByteArray()))));
    return Files.write(
        folder.resolve("manifest.json"), new ObjectMapper().writeValueAsBytes(manifest));
  }
}
