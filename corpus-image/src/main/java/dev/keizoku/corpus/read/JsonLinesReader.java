package dev.keizoku.corpus.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One JSON object a line, or a JSON array of objects. A line that is no object with the text field
 * is dropped and counted; a file without a single good one is unreadable. The fields {@code title},
 * {@code url}, {@code date} and {@code id} are used where they are.
 */
final class JsonLinesReader implements FormatReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LINE_CHARACTERS = 32 << 20;

  private final UnaryOperator<String> markup;

  /**
   * @param markup takes what is not text out of the text field; returns null for a record that is
   *     no document
   */
  JsonLinesReader(UnaryOperator<String> markup) {
    this.markup = markup;
  }

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var charset =
        options.encoding() == null
            ? StandardCharsets.UTF_8
            : TextDecoder.charset(options.encoding());
    try (var lines = new BufferedReader(reader(file.open(), charset))) {
      int first = firstCharacter(lines);
      long good = first == '[' ? array(file, options, lines, documents) : 0;
      if (first != '[') {
        good = lines(file, options, lines, documents);
      }
      if (good == 0 && first >= 0) {
        throw new UnreadableFileException(
            "it has no JSON object with the text field '%s'; correct sources[].textField"
                .formatted(options.textField()));
      }
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException("it is not " + charset, e);
    }
  }

  private static InputStreamReader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** The first character that is neither white space nor a byte order mark; it stays unread. */
  private static int firstCharacter(BufferedReader lines) throws IOException {
    while (true) {
      lines.mark(1);
      int c = lines.read();
      if (c != 0xFEFF && !Character.isWhitespace(c)) {
        lines.reset();
        return c;
      }
    }
  }

  private long lines(
      RawFile file, ReadOptions options, BufferedReader lines, Consumer<DocumentTask> documents)
      throws IOException {
    long good = 0;
    long number = 0;
    for (String line; (line = readLine(lines)) != null; ) {
      number++;
      if (!line.isBlank()) {
        var record = parse(line);
        good += hasText(record, options) ? 1 : 0;
        var location = file.location() + "#" + number;
        documents.accept(() -> document(location, record, options));
      }
    }
    return good;
  }

  /** As {@code BufferedReader.readLine}, but a line without end does not fill the memory. */
  private static String readLine(BufferedReader lines) throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = lines.read()) >= 0 && c != '\n') {
      if (line.length() == MAX_LINE_CHARACTERS) {
        throw new UnreadableFileException("it has a line of more than 32 Mi characters");
      }
      line.append((char) c);
    }
    return c < 0 && line.isEmpty() ? null : line.toString();
  }

  private long array(
      RawFile file, ReadOptions options, BufferedReader lines, Consumer<DocumentTask> documents)
      throws IOException {
    long good = 0;
    long number = 0;
    try (var records = JSON.readerFor(JsonNode.class).<JsonNode>readValues(lines)) {
      while (records.hasNextValue()) {
        var record = records.nextValue();
        number++;
        good += hasText(record, options) ? 1 : 0;
        var location = file.location() + "#" + number;
        documents.accept(() -> document(location, record, options));
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableFileException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    return good;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static boolean hasText(JsonNode record, ReadOptions options) {
    return record != null && record.path(options.textField()).isTextual();
  }

  private Document document(String location, JsonNode record, ReadOptions options) {
    if (!hasText(record, options)) {
      return Document.rejected(location, "", "invalidRecord");
    }
    var title = text(record, "title");
    var text = markup.apply(record.get(options.textField()).textValue());
    return text == null
        ? Document.rejected(location, title, "notADocument")
        : new Document(location, title, text(record, "url"), text(record, "date"), text, null);
  }

  private static String text(JsonNode record, String field) {
    var value = record.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
