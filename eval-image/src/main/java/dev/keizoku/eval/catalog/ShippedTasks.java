package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.benchmark.BenchmarkFiles;
import dev.keizoku.benchmark.QuestionSets;
import dev.keizoku.eval.task.TaskFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The task files that the program carries. {@code data/NAME.jsonl} is a published question set as
 * lines of JSON, any other data file is one of {@code libs/benchmark} as it was published.
 */
public final class ShippedTasks implements TaskFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/tasks/";
  private static final String INDEX = "INDEX";
  private static final String LINES = "data/";
  private static final String SUFFIX = ".jsonl";

  @Override
  public List<String> taskFiles() {
    return new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList();
  }

  /** Names of all files: those of tasks, what they include, and data. */
  public List<String> files() {
    var files = new TreeSet<String>();
    for (var name : taskFiles()) {
      files.add(name);
      TaskYaml.includes(this, name).forEach(files::add);
      TaskYaml.read(this, name)
          .path("dataset_kwargs")
          .path("data_files")
          .forEach(split -> files.add(split.asText()));
    }
    return List.copyOf(files);
  }

  @Override
  public String place(String file) {
    return "tasks/" + file;
  }

  @Override
  public byte[] read(String file) {
    if (file.startsWith(LINES)) {
      return lines(file.substring(LINES.length(), file.length() - SUFFIX.length()));
    }
    return file.endsWith(".yaml") ? resource(file) : BenchmarkFiles.read(file);
  }

  private static byte[] lines(String set) {
    var lines = new StringBuilder();
    try {
      for (var doc : QuestionSets.read(set).orElseThrow()) {
        var row = new LinkedHashMap<String, Object>(new TreeMap<>(doc.variables()));
        row.put("choices", doc.choices());
        row.put("gold", doc.gold());
        row.put("unit", doc.unit());
        lines.append(JSON.writeValueAsString(row)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(set, e);
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (var in = ShippedTasks.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        throw new IllegalStateException("Task file " + name + " is not in the program.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
