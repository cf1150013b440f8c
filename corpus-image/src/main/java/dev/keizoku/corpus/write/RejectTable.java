package dev.keizoku.corpus.write;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.reject.Rejects;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.parquet.ParquetColumn;
import java.io.IOException;
import java.util.List;

/** Writes what could not be read and why, the first 10,000 of each source and reason. */
public final class RejectTable {
  private static final List<ParquetColumn> COLUMNS =
      List.of(
          ParquetColumn.string("source"),
          ParquetColumn.string("place"),
          ParquetColumn.string("reason"),
          ParquetColumn.string("why"),
          ParquetColumn.int64("bytes"));

  private RejectTable() {}

  /** Writes {@code rejected/places-00000.parquet}, which is there also when nothing is in it. */
  public static void write(CorpusRun run, Rejects rejects, ArtifactFolder folder)
      throws IOException {
    try (var table = new TableWriter(folder, "rejected/places", COLUMNS)) {
      for (var reject : rejects.listed()) {
        table.add(
            run.sources().get(reject.source()).name(),
            reject.place(),
            reject.reason().word(),
            reject.why(),
            reject.bytes());
      }
      table.commit();
    }
  }
}
