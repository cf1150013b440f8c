package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.task.BenchmarkTask;
import dev.keizoku.eval.task.TaskFile;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What only Keizoku reads of a task file: its {@code metadata}. */
final class TaskLabels {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskLabels() {}

  /**
   * Reads it.
   *
   * @param inFileNames refuses a prompt's name that files cannot have
   */
  static TaskFile.Labels of(JsonNode metadata, UnaryOperator<String> inFileNames) {
    return new TaskFile.Labels(
        metadata.path("version").isValueNode()
            ? JSON.convertValue(metadata.get("version"), Object.class)
            : "Yaml",
        titles(metadata),
        metadata.path("score").asText(null),
        metadata.path("unit").asText(null),
        metadata.path("prompt_of").asText(null),
        inFileNames.apply(metadata.path("prompt_version").asText(BenchmarkTask.DEFAULT_PROMPT)),
        metadata.path("prompt_aliases").isObject()
            ? JSON.convertValue(metadata.get("prompt_aliases"), new TypeReference<>() {})
            : Map.of(),
        metadata.path("general").asBoolean(false),
        metadata.path("licence").asText(null),
        null);
  }

  /** {@code title} is English, {@code title_ja} Japanese. */
  private static Map<Language, String> titles(JsonNode metadata) {
    var titles = new EnumMap<Language, String>(Language.class);
    for (var language : Language.values()) {
      var title = metadata.get(language == Language.EN ? "title" : "title_" + language.tag());
      if (title != null) {
        titles.put(language, title.asText());
      }
    }
    return titles;
  }
}
