package dev.keizoku.corpus.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a version by their paths: {@code sources[laws].rules.minCharacters}. Rules are
 * those that hold, whether a source or its recipe says so.
 *
 * @param values as they are written in a run file
 */
record Settings(Map<String, String> values) {

  /** Those of a version's spec. */
  static Settings of(JsonNode spec) {
    var values = new TreeMap<String, String>();
    var general = Json.read(Json.bytes(spec.get("filters")), Filters.class, "filters");
    collect("", spec, values);
    for (var source : spec.path("sources")) {
      var rules = Json.read(Json.bytes(source), Source.class, "source").rules(general);
      collect(named("sources", source) + ".rules", Json.tree(rules), values);
    }
    return new Settings(values);
  }

  private static void collect(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      values));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        var item = node.get(i);
        collect(item.has("name") ? named(path, item) : path + "[" + i + "]", item, values);
      }
    } else {
      values.put(path, node.asText());
    }
  }

  private static String named(String path, JsonNode item) {
    return path + "[" + item.get("name").asText() + "]";
  }

  /** What the other has otherwise: its value behind the one here, {@code -} where one has none. */
  Map<String, String> changes(Settings other) {
    var changes = new TreeMap<String, String>();
    var all = new TreeMap<>(values);
    all.putAll(other.values);
    for (var path : all.keySet()) {
      var before = values.getOrDefault(path, "-");
      var after = other.values.getOrDefault(path, "-");
      if (!before.equals(after)) {
        changes.put(path, before + " -> " + after);
      }
    }
    return changes;
  }
}
