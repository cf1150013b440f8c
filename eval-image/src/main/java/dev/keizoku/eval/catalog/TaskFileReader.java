package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keizoku.contract.setting.NearName;
import dev.keizoku.eval.data.RowFormat;
import dev.keizoku.eval.data.RowOptions;
import dev.keizoku.eval.task.Expression;
import dev.keizoku.eval.task.FewShot;
import dev.keizoku.eval.task.OutputType;
import dev.keizoku.eval.task.TaskData;
import dev.keizoku.eval.task.TaskFault;
import dev.keizoku.eval.task.TaskFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a task of the fields of its file; what is not understood is refused, never skipped. */
final class TaskFileReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields that are read. */
  private static final Set<String> READ =
      Set.of(
          "task",
          "output_type",
          "dataset_path",
          "dataset_name",
          "dataset_kwargs",
          "test_split",
          "validation_split",
          "training_split",
          "fewshot_split",
          "fewshot_config",
          "num_fewshot",
          "fewshot_delimiter",
          "description",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "target_delimiter",
          "metric_list",
          "generation_kwargs",
          "filter_list",
          "repeats",
          "metadata");

  /** Fields that say nothing about requests or scores. */
  private static final Set<String> SKIPPED =
      Set.of("task_alias", "tag", "should_decontaminate", "doc_to_decontamination_query");

  private static final String IN_FILE_NAMES = "[^/\\\\\\p{Cntrl}]{1,128}";

  private final String place;
  private final ObjectNode fields;

  private TaskFileReader(String place, ObjectNode fields) {
    this.place = place;
    this.fields = fields;
  }

  /** Reads the fields of a file, its includes taken in. */
  static TaskFile task(String place, ObjectNode fields) {
    return new TaskFileReader(place, fields).task();
  }

  private TaskFile task() {
    fields.fieldNames().forEachRemaining(this::known);
    var output = output();
    var metrics = metrics(output);
    return new TaskFile(
        place,
        inFileNames("task", text("task", null)),
        output,
        data(),
        Expression.of(
            place,
            "description",
            fields.path("description").isMissingNode()
                ? TextNode.valueOf("")
                : fields.get("description")),
        // As there, a document is what doc_to_target says, and nothing stands before it.
        output == OutputType.LOGLIKELIHOOD_ROLLING ? null : required("doc_to_text"),
        required("doc_to_target"),
        output == OutputType.MULTIPLE_CHOICE
            ? required("doc_to_choice")
            : Expression.of(place, "doc_to_choice", fields.get("doc_to_choice")),
        text("target_delimiter", " "),
        fewShot(),
        output == OutputType.GENERATE_UNTIL
            ? new AnsweringReader(place, fields).read(metrics)
            : null,
        metrics,
        TaskLabels.of(
            fields.path("metadata"), version -> inFileNames("metadata.prompt_version", version)));
  }

  private void known(String field) {
    if (!READ.contains(field) && !SKIPPED.contains(field)) {
      throw TaskFault.file(
          place,
          "field '%s' is not known here%s; there are %s"
              .formatted(field, near(field, READ), String.join(", ", new TreeSet<>(READ))));
    }
  }

  private OutputType output() {
    var written = text("output_type", "generate_until");
    return OutputType.of(written)
        .orElseThrow(
            () ->
                TaskFault.file(
                    place,
                    "output_type '%s' is not known; there are %s"
                        .formatted(
                            written,
                            String.join(
                                ", ",
                                Arrays.stream(OutputType.values())
                                    .map(OutputType::word)
                                    .toList()))));
  }

  private TaskData data() {
    var path = text("dataset_path", null);
    RowFormat format;
    try {
      format = RowFormat.valueOf(path.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw TaskFault.file(
          place,
          "dataset_path '%s' is not json, csv or parquet; of a hub's dataset name the files, as dataset_kwargs: {data_files: {test: hf://datasets/owner/name/file.parquet}}"
              .formatted(path));
    }
    var options = fields.path("dataset_kwargs");
    var test = text("test_split", text("validation_split", ""));
    var files = files(options.path("data_files"));
    if (test.isEmpty()) {
      throw TaskFault.file(place, "test_split or validation_split is missing");
    }
    var examples = text("fewshot_split", text("training_split", text("validation_split", "")));
    for (var split : List.of(test, examples)) {
      if (!split.isEmpty() && !files.containsKey(split)) {
        throw TaskFault.file(
            place,
            "dataset_kwargs.data_files has no split '%s', only %s"
                .formatted(split, String.join(", ", files.keySet())));
      }
    }
    return new TaskData(
        format,
        files,
        new RowOptions(
            options.path("field").isTextual() ? options.get("field").textValue() : null,
            options.path("column_names").isArray() ? strings(options.get("column_names")) : null),
        test,
        examples.isEmpty() ? null : examples);
  }

  private Map<String, List<String>> files(JsonNode files) {
    var splits = new LinkedHashMap<String, List<String>>();
    if (files.isObject()) {
      files.properties().forEach(split -> splits.put(split.getKey(), strings(split.getValue())));
    } else if (!files.isMissingNode()) {
      // As datasets does: files without a split are those of training.
      splits.put("train", strings(files));
    }
    if (splits.isEmpty()) {
      throw TaskFault.file(place, "dataset_kwargs.data_files is missing: it names the rows' files");
    }
    return splits;
  }

  private FewShot fewShot() {
    int shots = fields.path("num_fewshot").asInt(0);
    var config = fields.path("fewshot_config");
    var sampler = config.path("sampler").asText("default");
    if (shots < 0 || shots > 64) {
      throw TaskFault.file(place, "num_fewshot %d is not possible, 0 to 64 is".formatted(shots));
    }
    if (!Set.of("default", "first_n").contains(sampler)) {
      throw TaskFault.file(
          place,
          "fewshot_config.sampler '%s' is not known; there are default, first_n"
              .formatted(sampler));
    }
    return new FewShot(
        shots,
        text("fewshot_delimiter", "\n\n"),
        config.path("split").isTextual() ? config.get("split").textValue() : null,
        config.path("samples").isArray()
            ? JSON.convertValue(config.get("samples"), new TypeReference<>() {})
            : null,
        text("fewshot_split", "").equals(text("test_split", "none")),
        sampler.equals("first_n"),
        Expression.of(place, "fewshot_config.doc_to_text", config.get("doc_to_text")),
        Expression.of(place, "fewshot_config.doc_to_target", config.get("doc_to_target")),
        Expression.of(place, "fewshot_config.doc_to_choice", config.get("doc_to_choice")));
  }

  private List<String> metrics(OutputType output) {
    var names = new ArrayList<String>();
    for (var list : List.of(fields.path("metric_list"), fields.path("metadata").path("metrics"))) {
      list.forEach(metric -> names.add(metric.path("metric").asText(metric.asText())));
    }
    var known = new TreeSet<>(output.metrics());
    if (names.isEmpty()) {
      names.addAll(output.usual());
    }
    for (var name : names) {
      if (!known.contains(name)) {
        throw TaskFault.file(
            place,
            "there is no metric '%s' for %s%s; there are %s"
                .formatted(name, output.word(), near(name, known), String.join(", ", known)));
      }
    }
    return names.stream().distinct().toList();
  }

  /** Scores and samples lie in files that are called by it. */
  private String inFileNames(String field, String name) {
    if (!name.matches(IN_FILE_NAMES)) {
      throw TaskFault.file(
          place,
          "%s '%s' becomes part of file names; write it without slashes and control characters, at most 128 characters"
              .formatted(field, name));
    }
    return name;
  }

  private Expression required(String field) {
    var expression = Expression.of(place, field, fields.get(field));
    if (expression == null) {
      throw TaskFault.file(place, "field '%s' is missing".formatted(field));
    }
    return expression;
  }

  private String text(String field, String otherwise) {
    var value = fields.get(field);
    if (value == null || value.isNull()) {
      if (otherwise == null) {
        throw TaskFault.file(place, "field '%s' is missing".formatted(field));
      }
      return otherwise;
    }
    return value.asText();
  }

  private static List<String> strings(JsonNode node) {
    if (!node.isArray()) {
      return List.of(node.asText());
    }
    var strings = new ArrayList<String>();
    node.forEach(item -> strings.add(item.asText()));
    return strings;
  }

  private static String near(String name, Set<String> names) {
    return NearName.of(name, names).map(n -> " (did you mean %s?)".formatted(n)).orElse("");
  }
}
