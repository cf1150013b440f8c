package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.eval.result.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scores as lm-evaluation-harness prints them, character by character: a Markdown table with a line
 * a task and metric. Columns of numbers are set to the right, with the decimals that one of them
 * needs, four at most.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code utils.make_table}, which writes by
 * pytablewriter.
 */
public final class ResultsTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEADERS =
      List.of("Tasks", "Version", "Filter", "n-shot", "Metric", "", "Value", "", "Stderr");
  private static final int NARROWEST = 3;
  private static final int DECIMALS = 4;
  private static final String ERROR = "_stderr";
  private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?";

  private ResultsTable() {}

  /** The tables of all models of a run, by their names. */
  public static Map<String, String> all(Evaluation evaluation) {
    try {
      var document = JSON.readTree(ResultsFile.bytes(evaluation));
      var tables = new LinkedHashMap<String, String>();
      document
          .path("models")
          .properties()
          .forEach(
              model -> tables.put(model.getKey(), of(document, model.getValue().path("results"))));
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table.
   *
   * @param document a results file
   * @param results its own or those of one of its models
   */
  static String of(JsonNode document, JsonNode results) {
    var rows = new ArrayList<List<String>>();
    results.properties().forEach(task -> add(rows, document, task.getKey(), task.getValue()));
    var columns =
        IntStream.range(0, HEADERS.size())
            .mapToObj(i -> Column.of(HEADERS.get(i), rows.stream().map(row -> row.get(i)).toList()))
            .toList();
    var text = new StringBuilder();
    line(text, columns.stream().map(Column::header).toList());
    line(text, columns.stream().map(Column::rule).toList());
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      line(text, columns.stream().map(column -> column.cell(at)).toList());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining("|", "|", "|\n")));
  }

  private static void add(
      List<List<String>> rows, JsonNode document, String task, JsonNode results) {
    var name = results.path("alias").asText(task);
    var version = document.path("versions").path(task).asText("    N/A");
    var shots = document.path("n-shot").path(task).asText(" ");
    var metrics = new TreeMap<String, JsonNode>();
    results.properties().forEach(field -> metrics.put(field.getKey(), field.getValue()));
    metrics.remove("alias");
    for (var field : metrics.entrySet()) {
      var metric = field.getKey().split(",", 2);
      if (metric[0].endsWith(ERROR)) {
        continue;
      }
      var filter = metric.length > 1 ? metric[1] : "";
      var error = metrics.get(metric[0] + ERROR + "," + filter);
      var better = document.path("higher_is_better").path(task).path(metric[0]);
      rows.add(
          List.of(
              name,
              version,
              filter,
              shots,
              metric[0],
              better.isBoolean() ? better.booleanValue() ? "\u2191" : "\u2193" : "",
              written(field.getValue(), field.getValue().asText()),
              error == null ? "" : "\u00b1",
              error == null ? "" : written(error, "   N/A")));
      name = "";
      version = "";
    }
  }

  private static String written(JsonNode value, String otherwise) {
    return value.isNumber()
        ? new BigDecimal(value.asText()).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString()
        : otherwise;
  }

  /**
   * @param numbers whether nothing else stands in it
   */
  private record Column(String name, List<String> cells, boolean numbers, int width) {

    static Column of(String name, List<String> written) {
      int decimals =
          written.stream()
              .filter(cell -> cell.matches(NUMBER))
              .mapToInt(cell -> Math.max(0, new BigDecimal(cell).stripTrailingZeros().scale()))
              .max()
              .orElse(0);
      var cells =
          written.stream()
              .map(
                  cell ->
                      cell.matches(NUMBER)
                          ? new BigDecimal(cell).setScale(decimals).toPlainString()
                          : cell)
              .toList();
      boolean numbers =
          cells.stream().anyMatch(cell -> cell.matches(NUMBER))
              && cells.stream().allMatch(cell -> cell.isEmpty() || cell.matches(NUMBER));
      int widest = cells.stream().mapToInt(String::length).max().orElse(0);
      return new Column(name, cells, numbers, Math.max(NARROWEST, Math.max(name.length(), widest)));
    }

    String header() {
      int left = (width - name.length()) / 2;
      return " ".repeat(left) + name + " ".repeat(width - name.length() - left);
    }

    String rule() {
      return numbers ? "-".repeat(width - 1) + ":" : "-".repeat(width);
    }

    String cell(int row) {
      var cell = cells.get(row);
      var room = " ".repeat(width - cell.length());
      return cell.matches(NUMBER) ? room + cell : cell + room;
    }
  }
}
