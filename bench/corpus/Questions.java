import dev.keizoku.benchmark.QuestionSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Writes the longest text of every question of the benchmark as JSON lines: {@code Questions OUT}. */
final class Questions {
  public static void main(String[] arguments) throws Exception {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var name : QuestionSets.names()) {
      for (var doc : QuestionSets.read(name).orElseThrow()) {
        var text =
            doc.variables().values().stream()
                .max(java.util.Comparator.comparing(String::length))
                .orElseThrow();
        lines.add(json.writeValueAsString(Map.of("benchmark", name, "text", text)));
      }
    }
    Files.write(Path.of(arguments[0]), lines);
  }
}
