package dev.keizoku.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import java.util.Collections;
import java.util.Map;

/** Sources for tests, by what a test says of them. */
public final class Sources {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sources() {}

  /** One of which nothing else is said. */
  public static Source of(String name, String uri, Format format) {
    return new Source(
        name, uri, format, null, null, null, "test", null, null, null, null, null, null, null);
  }

  /**
   * The same with another field.
   *
   * @param field its name in a run file
   * @param value null for none
   */
  public static Source with(Source source, String field, Object value) {
    return changed(source, Source.class, Collections.singletonMap(field, value));
  }

  /** The same record with other fields, by their names in a run file. */
  static <T> T changed(T record, Class<T> type, Map<String, ?> fields) {
    var file = JSON.<ObjectNode>valueToTree(record);
    fields.forEach((name, value) -> file.set(name, JSON.valueToTree(value)));
    return JSON.convertValue(file, type);
  }
}
