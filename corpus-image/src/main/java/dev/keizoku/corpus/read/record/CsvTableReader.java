package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A table of comma or tab separated values with a line of column names, a document a row. Fields in
 * quotes may hold line feeds and separators (RFC 4180).
 */
public final class CsvTableReader implements FormatReader {
  private static final int MAX_ROW_CHARACTERS = 16 << 20;
  private static final String SEPARATORS = ",\t;";

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    try (var in = new BufferedInputStream(file.open(), RecordCharset.HEAD_BYTES)) {
      var head = RecordCharset.head(in);
      var charset = RecordCharset.of(head, options);
      var rows =
          CsvReader.builder()
              .fieldSeparator(separator(RecordCharset.text(head, charset)))
              .allowExtraFields(true)
              .allowMissingFields(true)
              .allowUnclosedQuote(false)
              .maxBufferSize(MAX_ROW_CHARACTERS)
              .ofCsvRecord(new InputStreamReader(in, charset))
              .iterator();
      var sink = new RecordDocuments(options, UnaryOperator.identity(), documents);
      new Table(file.location(), charset, rows, sink).read(options.textField());
    } catch (UncheckedIOException e) {
      // The reader of tables wraps what unpacking says; the disk's own faults are so by themselves.
      if (e.getCause() instanceof UnreadableFileException why) {
        throw why;
      }
      throw e;
    }
  }

  /** What the first line has most of, outside of quotes. */
  private static char separator(String head) {
    var first = head.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    var unquoted = first.replaceAll("\"[^\"]*\"", "");
    char best = SEPARATORS.charAt(0);
    for (char separator : SEPARATORS.toCharArray()) {
      best = count(unquoted, separator) > count(unquoted, best) ? separator : best;
    }
    return best;
  }

  private static long count(String text, char c) {
    return text.chars().filter(each -> each == c).count();
  }

  /** The rows of one file. */
  private record Table(
      String location, Charset charset, Iterator<CsvRecord> rows, RecordDocuments documents) {

    void read(String textField) throws UnreadableFileException {
      long line = 0;
      try {
        if (!rows.hasNext()) {
          return;
        }
        var names = names(rows.next(), textField);
        while (rows.hasNext()) {
          var row = rows.next();
          line = row.getStartingLineNumber();
          add(row, names, location + "#" + line);
        }
      } catch (CsvParseException e) {
        throw new UnreadableFileException(
            RejectReason.WRONG_FORMAT,
            "its table ends after line %d: %s".formatted(line, e.getMessage()),
            e);
      }
    }

    private static List<String> names(CsvRecord header, String textField)
        throws UnreadableFileException {
      var names =
          header.getFields().stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
      if (!names.contains(textField)) {
        throw new UnreadableFileException(
            RejectReason.WRONG_FORMAT,
            "it has no column '%s' but %s; name one in sources[].textField"
                .formatted(textField, String.join(", ", names)));
      }
      return names;
    }

    private void add(CsvRecord row, List<String> names, String place) {
      if (row.getFieldCount() != names.size()) {
        var why =
            "it has %d fields, and the table %d columns"
                .formatted(row.getFieldCount(), names.size());
        documents.reject(place, RejectReason.INVALID_RECORD, why);
      } else if (row.getFields().stream().anyMatch(field -> field.indexOf('\uFFFD') >= 0)) {
        var why = "it is not " + charset + "; name the encoding in sources[].encoding";
        documents.reject(place, RejectReason.INVALID_RECORD, why);
      } else {
        documents.add(record(row, names), place);
      }
    }

    private static ObjectNode record(CsvRecord row, List<String> names) {
      var record = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < names.size(); i++) {
        record.put(names.get(i), row.getField(i));
      }
      return record;
    }
  }
}
