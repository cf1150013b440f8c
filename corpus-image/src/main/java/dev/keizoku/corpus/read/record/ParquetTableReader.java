package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A Parquet file, a document a row; only the columns that are asked for are read. */
public final class ParquetTableReader implements FormatReader {
  /** Dictionaries pack far better than text does; beyond this it is no honest file. */
  private static final long MAX_RATIO = 1_000;

  private static final long FREE_BYTES = 16 << 20;

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    long row = 0;
    // A disk that is full says nothing of the file.
    var local = file.onDisk();
    try (var parquet = ParquetFileReader.open(InputFile.of(local))) {
      var columns = columns(parquet, options);
      requireHonest(parquet);
      var sink = new RecordDocuments(options, UnaryOperator.identity(), documents);
      try (var rows =
          parquet.buildRowReader().projection(ColumnProjection.columns(columns)).build()) {
        while (rows.hasNext()) {
          rows.next();
          row++;
          add(rows, columns, sink, file.location() + "#" + row);
        }
      }
    } catch (UncheckedIOException e) {
      throw ended(row, e.getCause());
    } catch (IOException | RuntimeException e) {
      throw ended(row, e);
    }
  }

  private static UnreadableFileException ended(long row, Exception met) {
    return UnreadableFileException.of(
        met,
        RejectReason.WRONG_FORMAT,
        "it is not Parquet that can be read after row %d: %s".formatted(row, met.getMessage()));
  }

  private static void add(RowReader row, String[] columns, RecordDocuments sink, String place) {
    var record = JsonNodeFactory.instance.objectNode();
    for (var column : columns) {
      record.set(column, row.isNull(column) ? null : ParquetValue.json(row.getValue(column)));
    }
    sink.add(record, place);
  }

  /** Those of the table that hold what is asked for. */
  private static String[] columns(ParquetFileReader parquet, ReadOptions options)
      throws UnreadableFileException {
    var names =
        parquet.getFileSchema().getRootNode().children().stream().map(SchemaNode::name).toList();
    var text = column(names, options.textField());
    if (!names.contains(text)) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT,
          "it has no column '%s' but %s; name one in sources[].textField"
              .formatted(text, String.join(", ", names)));
    }
    var fields = options.fields();
    return Stream.of(text, fields.title(), fields.id(), fields.url(), fields.date())
        .map(field -> column(names, field))
        .filter(names::contains)
        .distinct()
        .toArray(String[]::new);
  }

  private static String column(List<String> names, String path) {
    return names.contains(path) ? path : path.split("\\.|\\[\\]", 2)[0];
  }

  private static void requireHonest(ParquetFileReader parquet) throws UnreadableFileException {
    for (var group : parquet.getFileMetaData().rowGroups()) {
      for (var chunk : group.columns()) {
        var sizes = chunk.metaData();
        if (sizes.totalUncompressedSize() > FREE_BYTES + MAX_RATIO * sizes.totalCompressedSize()) {
          throw new UnreadableFileException(
              RejectReason.UNSAFE_ARCHIVE,
              "a column says that it unpacks to more than %d times its size".formatted(MAX_RATIO));
        }
      }
    }
  }
}
