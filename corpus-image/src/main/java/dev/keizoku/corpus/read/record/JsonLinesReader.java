package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.corpus.read.encoding.Lines;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One JSON object a line, a JSON array of objects, or one object over many lines. What is no object
 * with the text field is a reject by itself; several objects on one line, as where a file lacks its
 * last line feed, are several records. The fields of title, address, date and id are used where
 * they are; all may be paths into the object.
 */
public final class JsonLinesReader implements FormatReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An object that goes on in the next line, as no line of JSON lines does. */
  private static final Pattern OVER_LINES =
      Pattern.compile("\\A\\s*\\{[^\\n]*(?<!\\}[ \\t\\r]{0,9})\\n[ \\t]*[\"}]");

  private final UnaryOperator<String> markup;

  /**
   * @param markup takes what is not text out of the text field; returns null for a record that is
   *     no document
   */
  public JsonLinesReader(UnaryOperator<String> markup) {
    this.markup = markup;
  }

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    try (var in = new BufferedInputStream(file.open(), RecordCharset.HEAD_BYTES)) {
      var head = RecordCharset.head(in);
      var charset = RecordCharset.of(head, options);
      var sink = new RecordDocuments(options, markup, documents);
      var records = new Records(file.location(), charset, sink);
      var text = RecordCharset.text(head, charset);
      if (text.stripLeading().startsWith("[")) {
        records.array(in);
      } else if (OVER_LINES.matcher(text).find()) {
        records.object(RawFile.whole(in));
      } else {
        records.lines(in);
      }
    }
  }

  /** The records of one file. */
  private record Records(String location, Charset charset, RecordDocuments documents) {

    void lines(InputStream in) throws IOException {
      var lines = new Lines(in, charset, RawFile.MAX_WHOLE_BYTES);
      long number = 1;
      for (byte[] line; (line = lines.next()) != null; number++) {
        var place = location + "#" + number;
        var decoded = lines.tooLong() ? null : TextDecoder.strict(line, 0, charset);
        if (lines.tooLong()) {
          var why = "the line is longer than " + (RawFile.MAX_WHOLE_BYTES >> 20) + " MiB";
          documents.reject(place, RejectReason.TOO_LARGE, why);
        } else if (decoded == null) {
          var why = "it is not " + charset + "; name the encoding in sources[].encoding";
          documents.reject(place, RejectReason.INVALID_RECORD, why);
        } else if (!decoded.text().isBlank()) {
          line(decoded.text(), place);
        }
      }
    }

    private void line(String line, String place) throws IOException {
      int number = 0;
      // No iterator of values: it would take the items of an array for them.
      try (var parser = JSON.createParser(line)) {
        while (parser.nextToken() != null) {
          var record = JSON.<JsonNode>readTree(parser);
          number++;
          documents.add(record, number == 1 ? place : place + "." + number);
        }
      } catch (JsonProcessingException e) {
        var why = "it is not JSON: " + e.getOriginalMessage();
        var where = number == 0 ? place : place + "." + (number + 1);
        documents.reject(where, RejectReason.INVALID_RECORD, why);
      }
    }

    /** One object, or several, each over many lines. */
    void object(byte[] bytes) throws IOException {
      var decoded = TextDecoder.strict(bytes, 0, charset);
      if (decoded == null) {
        throw new UnreadableFileException(
            RejectReason.WRONG_ENCODING,
            "it is not " + charset + "; name the encoding in sources[].encoding");
      }
      long number = 0;
      try (var parser = JSON.createParser(decoded.text())) {
        while (parser.nextToken() != null) {
          number++;
          documents.add(JSON.<JsonNode>readTree(parser), location + "#" + number);
        }
      } catch (JsonProcessingException e) {
        throw ended("object", number, e);
      }
    }

    void array(InputStream in) throws IOException {
      long number = 0;
      var decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var reader = new BufferedReader(new InputStreamReader(in, decoder));
      reader.mark(1);
      if (reader.read() != 0xFEFF) {
        reader.reset();
      }
      try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(reader)) {
        while (values.hasNextValue()) {
          var record = values.nextValue();
          number++;
          documents.add(record, location + "#" + number);
        }
      } catch (JsonProcessingException e) {
        throw ended("array", number, e);
      } catch (CharacterCodingException e) {
        throw new UnreadableFileException(
            RejectReason.WRONG_ENCODING,
            "it is not %s after record %d".formatted(charset, number),
            e);
      }
    }

    private static UnreadableFileException ended(
        String what, long number, JsonProcessingException e) {
      return new UnreadableFileException(
          RejectReason.WRONG_FORMAT,
          "its JSON %s ends after record %d: %s".formatted(what, number, e.getOriginalMessage()),
          e);
    }
  }
}
