package dev.keizoku.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A log as a file: one JSON object a line, UTF-8. */
final class JsonLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonLines() {}

  /** A line for each record of numbers and text. */
  static byte[] bytes(List<? extends Record> records) {
    var text = new StringBuilder();
    for (var line : records) {
      try {
        text.append(JSON.writeValueAsString(line)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("numbers and text are JSON", e);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param uri where it is from, for the message
   * @param kind what it must be, for the message
   * @throws RunFault user error {@code InvalidJson}
   */
  static <T extends Record> List<T> parse(byte[] bytes, Class<T> type, String uri, String kind) {
    var records = new ArrayList<T>();
    for (var line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        records.add(JSON.readValue(line, type));
      } catch (JsonProcessingException e) {
        throw RunFault.userError(Reason.INVALID_JSON, uri + " is not " + kind + ".", e);
      }
    }
    return records;
  }
}
