package dev.keizoku.corpus.write;

import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.parquet.ParquetWriter;
import java.io.IOException;
import java.util.List;

/** A table in one or more Parquet files, {@code <stem>-00000.parquet} and on. */
final class TableWriter implements AutoCloseable {
  private static final long FILE_BYTES = 512L << 20;

  private final ArtifactFolder folder;
  private final String stem;
  private final List<ParquetColumn> columns;
  private ObjectUpload upload;
  private ParquetWriter writer;
  private int number;

  TableWriter(ArtifactFolder folder, String stem, List<ParquetColumn> columns) throws IOException {
    this.folder = folder;
    this.stem = stem;
    this.columns = columns;
    begin();
  }

  private String path() {
    return "%s-%05d.parquet".formatted(stem, number);
  }

  private void begin() throws IOException {
    upload = folder.create(path());
    writer = new ParquetWriter(upload, columns);
  }

  void add(Object... row) throws IOException {
    if (writer.bytes() > FILE_BYTES) {
      commit();
      number++;
      begin();
    }
    writer.add(row);
  }

  /** Makes the last file visible. */
  void commit() throws IOException {
    writer.finish();
    folder.add(path(), upload.commit());
  }

  @Override
  public void close() {
    upload.close();
  }
}
