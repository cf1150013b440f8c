package dev.keizoku.eval.result;

import dev.keizoku.eval.answer.TextStyle;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Measured;
import dev.keizoku.eval.compare.Method;
import dev.keizoku.eval.generate.PromptAnswer;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How the models write, by {@link TextStyle} and by how often an answer was cut by its length, each
 * compared with the base model's answers to the same questions. More is neither better nor worse.
 */
final class AnswerStyles {
  /** Name of the share of answers that were cut by their length. */
  static final String CUT = "cut_by_length";

  private final List<ModelRun> models;
  private final List<Measured> measured = new ArrayList<>();

  private AnswerStyles(List<ModelRun> models) {
    this.models = models;
  }

  /**
   * A row a candidate, task and measure, p-values corrected over the rows of a candidate.
   *
   * @param tasks of the run; those whose answers are written count, the first answer of each
   *     question
   * @param models the base model and then the candidates
   * @return empty where nothing was written
   */
  static List<Comparison> of(List<TaskRequests> tasks, List<ModelRun> models, Method method) {
    var styles = new AnswerStyles(models);
    for (var task : tasks) {
      if (task.written()) {
        styles.add(task);
      }
    }
    if (!models.getFirst().answers().isEmpty()) {
      var units = Units.each(models.getFirst().answers().size());
      styles.add(
          WrittenAnswers.GENERATION,
          units,
          model -> model.answers().stream().map(PromptAnswer::text).toList());
      styles.cut(
          WrittenAnswers.GENERATION,
          units,
          model -> model.answers().stream().map(PromptAnswer::ended).toList());
    }
    var names = models.stream().skip(1).map(model -> model.scores().model().name()).toList();
    return styles.measured.isEmpty()
        ? List.of()
        : Comparisons.of(styles.measured, names, method).tasks();
  }

  private void add(TaskRequests task) {
    var units = Units.byKey(task.requests().stream().map(request -> request.doc().unit()).toList());
    add(
        task.name(),
        units,
        model -> model.scores().on(task).texts().stream().map(List::getFirst).toList());
    if (models.stream().allMatch(model -> model.scores().on(task).ended() != null)) {
      cut(task.name(), units, model -> model.scores().on(task).ended());
    }
  }

  private void add(String task, Units units, Function<ModelRun, List<String>> texts) {
    for (var style : TextStyle.values()) {
      measure(
          task,
          style.word(),
          units,
          model -> new MeanScores(texts.apply(model).stream().mapToDouble(style::of).toArray()));
    }
  }

  private void cut(String task, Units units, Function<ModelRun, List<Boolean>> ended) {
    measure(
        task,
        CUT,
        units,
        model ->
            new MeanScores(ended.apply(model).stream().mapToDouble(end -> end ? 0 : 1).toArray()));
  }

  private void measure(
      String task, String measure, Units units, Function<ModelRun, ItemScores> scores) {
    measured.add(
        new Measured(
            task + "/" + measure,
            List.of(measure),
            task,
            measure,
            false,
            units,
            models.stream().map(scores).toList(),
            List.of(),
            null));
  }
}
