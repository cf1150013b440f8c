package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.corpus.read.encoding.Lines;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
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
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One JSON object a line, or a JSON array of objects. What is no object with the text field is a
 * reject by itself; several objects on one line, as where a file lacks its last line feed, are
 * several records. The fields {@code title}, {@code url}, {@code date} and {@code id} are used
 * where they are.
 */
public final class JsonLinesReader implements FormatReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEAD_BYTES = 1 << 16;

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
    try (var in = new BufferedInputStream(file.open(), HEAD_BYTES)) {
      var head = head(in);
      var charset = charset(head, options);
      var records = new Records(file.location(), charset, options.textField(), documents);
      if (records.text(head).stripLeading().startsWith("[")) {
        records.array(in);
      } else {
        records.lines(in);
      }
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    in.mark(HEAD_BYTES);
    var head = in.readNBytes(HEAD_BYTES);
    in.reset();
    return head;
  }

  private static Charset charset(byte[] head, ReadOptions options) {
    if (options.encoding() != null) {
      var charset = TextDecoder.charset(options.encoding());
      boolean littleEndian = head.length > 1 && (head[0] & 0xFF) == 0xFF;
      return charset.equals(StandardCharsets.UTF_16)
          ? littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE
          : charset;
    }
    var detected = TextDecoder.detect(wholeLines(head));
    if (detected != null) {
      return detected.charset();
    }
    // One wrong byte spoils a line, not what the others say.
    return new String(head, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> TextDecoder.detect(line.getBytes(StandardCharsets.ISO_8859_1)))
        .filter(line -> line != null && line.text().chars().anyMatch(c -> c > 0x7F))
        .map(TextDecoder.Decoded::charset)
        .findFirst()
        .orElse(StandardCharsets.UTF_8);
  }

  /** The last line may be cut within a character. */
  private static byte[] wholeLines(byte[] head) {
    int end = head.length;
    while (end > 0 && head[end - 1] != '\n') {
      end--;
    }
    boolean halfOfTwoBytes = end > 0 && end < head.length && head[end] == 0;
    return end == 0 ? head : Arrays.copyOf(head, halfOfTwoBytes ? end + 1 : end);
  }

  /** The records of one file. */
  private final class Records {
    private final String location;
    private final Charset charset;
    private final String textField;
    private final Consumer<DocumentTask> documents;

    Records(String location, Charset charset, String textField, Consumer<DocumentTask> documents) {
      this.location = location;
      this.charset = charset;
      this.textField = textField;
      this.documents = documents;
    }

    /** Without a byte order mark; wrong bytes become U+FFFD. */
    String text(byte[] bytes) {
      var text = new String(bytes, charset);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    void lines(InputStream in) throws IOException {
      var lines = new Lines(in, charset, RawFile.MAX_WHOLE_BYTES);
      long number = 1;
      for (byte[] line; (line = lines.next()) != null; number++) {
        if (lines.tooLong()) {
          var why = "the line is longer than " + (RawFile.MAX_WHOLE_BYTES >> 20) + " MiB";
          reject(location + "#" + number, RejectReason.TOO_LARGE, why);
        } else {
          line(line, location + "#" + number);
        }
      }
    }

    private void line(byte[] line, String place) throws IOException {
      var decoded = TextDecoder.strict(line, 0, charset);
      if (decoded == null) {
        var why = "it is not " + charset + "; name the encoding in sources[].encoding";
        reject(place, RejectReason.INVALID_RECORD, why);
        return;
      }
      if (decoded.text().isBlank()) {
        return;
      }
      int number = 0;
      // No iterator of values: it would take the items of an array for them.
      try (var parser = JSON.createParser(decoded.text())) {
        while (parser.nextToken() != null) {
          var record = JSON.<JsonNode>readTree(parser);
          number++;
          add(record, number == 1 ? place : place + "." + number);
        }
      } catch (JsonProcessingException e) {
        var why = "it is not JSON: " + e.getOriginalMessage();
        reject(number == 0 ? place : place + "." + (number + 1), RejectReason.INVALID_RECORD, why);
      }
    }

    private CharsetDecoder strict() {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    void array(InputStream in) throws IOException {
      long number = 0;
      var reader = new BufferedReader(new InputStreamReader(in, strict()));
      reader.mark(1);
      if (reader.read() != 0xFEFF) {
        reader.reset();
      }
      try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(reader)) {
        while (values.hasNextValue()) {
          var record = values.nextValue();
          number++;
          add(record, location + "#" + number);
        }
      } catch (JsonProcessingException e) {
        throw new UnreadableFileException(
            RejectReason.WRONG_FORMAT,
            "its JSON array ends after record %d: %s".formatted(number, e.getOriginalMessage()),
            e);
      } catch (CharacterCodingException e) {
        throw new UnreadableFileException(
            RejectReason.WRONG_ENCODING,
            "it is not %s after record %d".formatted(charset, number),
            e);
      }
    }

    private void add(JsonNode record, String place) {
      documents.accept(() -> document(record, place));
    }

    private Document document(JsonNode record, String place) throws UnreadableFileException {
      if (!record.path(textField).isTextual()) {
        throw new UnreadableFileException(
                RejectReason.INVALID_RECORD,
                "it has no text field '%s'; correct sources[].textField".formatted(textField))
            .at(place, 0);
      }
      var title = field(record, "title");
      var text = markup.apply(record.get(textField).textValue());
      if (text == null) {
        return Document.rejected(place, title, "notADocument");
      }
      var url = field(record, "url");
      return new Document(
          place, field(record, "id"), title, url, field(record, "date"), text, null, Map.of());
    }

    private void reject(String place, RejectReason reason, String why) {
      documents.accept(
          () -> {
            throw new UnreadableFileException(reason, why).at(place, 0);
          });
    }
  }

  private static String field(JsonNode record, String name) {
    var value = record.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
