package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.metric.MacroF1Scores;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which choices the models take: a model that always says A, or always positive, is seen here. */
final class ChoiceTables {
  private ChoiceTables() {}

  /** How often each choice is right, and how often each model takes it. */
  static Table chosen(Evaluation evaluation, TaskRequests task, Phrases words) {
    var table =
        new Table(words.say("choices")).label(words.say("choice")).number(words.say("right"), "");
    evaluation.models().forEach(scores -> table.number(scores.model().name(), ""));
    var taken = evaluation.models().stream().map(model -> model.chosen(task)).toList();
    int choices = task.requests().stream().mapToInt(of -> of.choices().size()).max().orElse(0);
    for (int choice = 0; choice < choices; choice++) {
      int of = choice;
      var cells = new ArrayList<>(List.of(Cell.of(label(task, choice))));
      cells.add(Cell.count(task.requests().stream().filter(r -> r.gold() == of).count()));
      taken.forEach(
          answers -> cells.add(Cell.count(IntStream.of(answers).filter(a -> a == of).count())));
      table.row(cells, false);
    }
    return table;
  }

  /** Right against taken choice, a table a model; none for a task that is not one of labels. */
  static List<Table> confusion(Evaluation evaluation, TaskRequests task, Phrases words) {
    var tables = new ArrayList<Table>();
    for (var model : evaluation.models()) {
      if (model.score(task) instanceof MacroF1Scores scores) {
        tables.add(confusion(model.model().name(), task, scores, words));
      }
    }
    return tables;
  }

  private static Table confusion(
      String model, TaskRequests task, MacroF1Scores scores, Phrases words) {
    var counts = new TreeMap<Integer, int[]>();
    int choices = task.requests().stream().mapToInt(of -> of.choices().size()).max().orElse(0);
    for (int item = 0; item < scores.size(); item++) {
      counts.computeIfAbsent(scores.gold(item), gold -> new int[choices])[scores.predicted(item)]++;
    }
    var table = new Table(words.say("confusion", model)).label(words.say("right"));
    IntStream.range(0, choices)
        .forEach(choice -> table.number(words.say("says", label(task, choice)), ""));
    counts.forEach(
        (gold, row) -> {
          var cells =
              new ArrayList<>(List.of(Cell.of(gold < 0 ? words.say("none") : label(task, gold))));
          IntStream.of(row).forEach(count -> cells.add(Cell.count(count)));
          table.row(cells, false);
        });
    return table;
  }

  /** The choice itself where all questions have the same, else its place as a letter. */
  private static String label(TaskRequests task, int choice) {
    var first = task.requests().getFirst().choices();
    boolean same = task.requests().stream().allMatch(of -> of.choices().equals(first));
    return same ? first.get(choice) : Character.toString('A' + choice);
  }
}
