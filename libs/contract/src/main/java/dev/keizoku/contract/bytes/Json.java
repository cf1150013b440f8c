package dev.keizoku.contract.bytes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as artifacts carry it: keys of maps sorted, two spaces, a line feed at the end, so that
 * equal values are equal bytes on every machine. Fields that a newer version added are ignored.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();
  private static final ObjectWriter WRITER = MAPPER.writer(printer());

  private Json() {}

  private static DefaultPrettyPrinter printer() {
    var lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  /** The value's bytes, UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
    }
  }

  /** The value as a tree, to be carried in another value. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value whose fields are those of the second, and of the first where the second has none. */
  public static <T> T merged(T first, T second, Class<T> type) {
    try {
      var fields = MAPPER.readerForUpdating(tree(first)).<JsonNode>readValue(tree(second));
      return MAPPER.treeToValue(fields, type);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON value: " + type, e);
    }
  }

  /**
   * Reads a value.
   *
   * @param uri where the bytes are from, for the message
   * @throws RunFault user error {@code INVALID_JSON}
   */
  public static <T> T read(byte[] bytes, Class<T> type, String uri) {
    try {
      var value = MAPPER.readValue(bytes, type);
      if (value != null) {
        return value;
      }
      throw invalid(type, uri, "it is null", null);
    } catch (JsonProcessingException e) {
      throw invalid(type, uri, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw invalid(type, uri, e.getMessage(), e);
    }
  }

  private static RunFault invalid(Class<?> type, String uri, String why, Exception e) {
    return RunFault.userError(
        Reason.INVALID_JSON, "%s is not a %s: %s.".formatted(uri, type.getSimpleName(), why), e);
  }
}
