package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.keizoku.eval.task.TaskFault;
import dev.keizoku.eval.task.TaskFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A task file with what it includes: the last included first, then the others over it, then the
 * file itself, field by field.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code utils.load_yaml_config}.
 */
final class TaskYaml {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern CODE = Pattern.compile("(?m)^[^#\\n]*[:-]\\s*!function\\b.*$");
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 10;

  private TaskYaml() {}

  /** The fields of a file. */
  static ObjectNode read(TaskFolder folder, String file) {
    return read(folder, file, 0);
  }

  private static ObjectNode read(TaskFolder folder, String file, int depth) {
    if (depth > MAX_DEPTH) {
      throw TaskFault.file(folder.place(file), "files include each other in a circle");
    }
    var fields = parse(folder, file);
    var merged = YAML.createObjectNode();
    for (var path : includes(file, fields).reversed()) {
      merged.setAll(read(folder, path, depth + 1));
    }
    return merged.setAll(fields);
  }

  /** Names of the files that a file includes itself. */
  static List<String> includes(TaskFolder folder, String file) {
    return includes(file, parse(folder, file));
  }

  private static List<String> includes(String file, ObjectNode fields) {
    var include = fields.remove("include");
    var included = new ArrayList<String>();
    if (include != null) {
      var paths = include.isArray() ? include : List.of(include);
      paths.forEach(path -> included.add(beside(file, path.asText())));
    }
    return included;
  }

  private static ObjectNode parse(TaskFolder folder, String file) {
    var bytes = folder.read(file);
    var place = folder.place(file);
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw TaskFault.file(place, "it has more than %d bytes".formatted(MAX_BYTES));
    }
    var code = CODE.matcher(text);
    if (code.find()) {
      throw TaskFault.file(
          place,
          "'%s' is Python code, which is not run; say it as a template, a metric or a column"
              .formatted(code.group().strip()));
    }
    try {
      JsonNode read = YAML.readTree(text);
      if (read instanceof ObjectNode fields) {
        return fields;
      }
      throw TaskFault.file(place, "it holds no fields");
    } catch (IOException e) {
      throw TaskFault.file(place, "it is no YAML (%s)".formatted(firstLines(e.getMessage())));
    }
  }

  private static String beside(String file, String path) {
    int slash = file.lastIndexOf('/');
    return slash < 0 || path.contains("://") ? path : file.substring(0, slash + 1) + path;
  }

  private static String firstLines(String message) {
    return String.join(" ", message.lines().limit(2).map(String::strip).toList());
  }
}
