package dev.keizoku.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmark's published table beside the models of a run, in its form: the score of each task
 * with its default prompt, and their mean, four decimals.
 *
 * <p>Source: the models' public cards.
 */
final class PublishedTable {
  private static final int DECIMALS = 4;
  private static final JsonNode PUBLISHED = published();

  private PublishedTable() {}

  private static JsonNode published() {
    try (var in = PublishedTable.class.getResourceAsStream("/report/paper_table.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table; null where the run did not ask all that the published one asks, and just so. */
  static Table of(Evaluation evaluation, Phrases words) {
    var tasks = new ArrayList<TaskRequests>();
    for (var name : PUBLISHED.get("tasks")) {
      evaluation.tasks().stream()
          .filter(task -> task.name().equals(name.textValue()) && asPublished(task))
          .forEach(tasks::add);
    }
    if (tasks.size() < PUBLISHED.get("tasks").size()) {
      return null;
    }
    var table =
        new Table(words.say("publishedTable"))
            .label(words.say("model"))
            .number(words.say("overallScore"), "");
    for (int i = 0; i < tasks.size(); i++) {
      table.number(tasks.get(i).name(), PUBLISHED.get("metric").get(i).textValue());
    }
    for (var model : evaluation.models()) {
      var measures = tasks.stream().map(task -> Measure.of(model.score(task))).toList();
      double mean = measures.stream().mapToDouble(Measure::value).average().orElseThrow();
      table.row(row(model.model().name(), mean, measures), true);
    }
    for (var model : PUBLISHED.get("models")) {
      var measures = new ArrayList<Measure>();
      for (int i = 0; i < tasks.size(); i++) {
        var error = model.get("stderr").get(i);
        measures.add(
            new Measure(
                model.get("scores").get(i).doubleValue(),
                error.isNumber() ? error.doubleValue() : null,
                null));
      }
      var name = words.say("publishedModel", model.get("model").textValue());
      table.row(row(name, model.get("overall").doubleValue(), measures), false);
    }
    return table;
  }

  /** All questions, in plain text, with no example before them. */
  private static boolean asPublished(TaskRequests task) {
    return task.requests().size() == task.available()
        && task.chat() == null
        && task.file().fewShot().shots() == 0
        && task.file().place().startsWith("tasks/");
  }

  private static List<Cell> row(String name, double mean, List<Measure> measures) {
    var cells = new ArrayList<>(List.of(Cell.of(name), Cell.number(rounded(mean))));
    for (var measure : measures) {
      var cell = Cell.number(rounded(measure.value()));
      cells.add(
          measure.standardError() == null
              ? cell
              : cell.noted("\u00b1 " + rounded(measure.standardError())));
    }
    return cells;
  }

  /** As Python prints it, which rounds the exact binary value. */
  private static String rounded(double value) {
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }
}
