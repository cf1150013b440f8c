package dev.keizoku.corpus.write;

import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.tokens.CorpusManifest.Input;
import java.io.IOException;
import java.util.List;

/** Writes which files were read, beside the manifest: millions of them would not fit into it. */
public final class InputTable {
  private static final List<ParquetColumn> COLUMNS =
      List.of(
          ParquetColumn.string("source"),
          ParquetColumn.string("path"),
          ParquetColumn.int64("bytes"),
          ParquetColumn.string("sha256"));

  private InputTable() {}

  /** Writes {@code inputs/files-00000.parquet} and on. */
  public static void write(List<Input> inputs, ArtifactFolder folder) throws IOException {
    try (var table = new TableWriter(folder, "inputs/files", COLUMNS)) {
      for (var input : inputs) {
        table.add(input.source(), input.path(), input.bytes(), input.sha256());
      }
      table.commit();
    }
  }
}
