package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LeaderboardCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** Published rows from published results files, a run a prompt set. */
  @Test
  void publishedRowsComeOutOfPublishedFiles() throws IOException {
    var files = new ArrayList<String>();
    var rows = new ArrayList<String>();
    var golden = Golden.read("leaderboard.json");
    for (var model : golden.properties()) {
      for (var set : model.getValue().get("results").properties()) {
        files.add(write(model.getKey(), set.getKey(), set.getValue()));
      }
      var cells = new ArrayList<String>();
      model.getValue().get("readme").forEach(cell -> cells.add(cell.textValue()));
      rows.add("| " + model.getKey() + " | " + String.join(" | ", cells) + " |");
    }
    var lines = printed(files).lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "| Model | Ave. | chabsa | cma_basics | cpa_audit | fp2 | security_sales_1 | Prompt |");
    assertThat(lines.subList(2, lines.size())).containsExactlyInAnyOrderElementsOf(rows);
    var means = lines.stream().skip(2).map(line -> Double.valueOf(line.split(" \\| ")[1])).toList();
    assertThat(means).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aModelThatLacksATaskHasNoRow() throws IOException {
    var results = Golden.read("leaderboard.json").properties().iterator().next();
    var set = results.getValue().get("results").properties().iterator().next();
    var some = JSON.createObjectNode();
    some.setAll((ObjectNode) set.getValue());
    some.remove(some.fieldNames().next());
    var file = write("partly", set.getKey(), some);
    assertThatThrownBy(() -> printed(List.of(file)))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("run chabsa, cma_basics, cpa_audit, fp2, security_sales_1");
  }

  private String write(String model, String set, JsonNode results) throws IOException {
    var document = JSON.createObjectNode().put("model_name", model);
    document.set("results", results);
    var name = "results_" + model.replaceAll("\\W", "-") + "_" + set + ".json";
    return Files.write(folder.resolve(name), JSON.writeValueAsBytes(document)).toString();
  }

  private static String printed(List<String> files) {
    var printed = new StringWriter();
    var command = new LeaderboardCommand();
    var line = new CommandLine(command).setOut(new PrintWriter(printed));
    line.parseArgs(files.toArray(String[]::new));
    assertThat(command.call()).isZero();
    return printed.toString();
  }
}
