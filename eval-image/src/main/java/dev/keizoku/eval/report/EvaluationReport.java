package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Answers;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Page;
import dev.keizoku.page.Page.Fact;
import dev.keizoku.page.Table;
import dev.keizoku.program.ProgramVersion;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What {@code report/evaluation.html} shows of an evaluation. */
public final class EvaluationReport {
  private final Evaluation evaluation;
  private final Reading reading;
  private final Phrases words;

  private EvaluationReport(Evaluation evaluation) {
    var run = evaluation.run();
    this.evaluation = evaluation;
    words = Reading.words(run.presentation().language());
    reading =
        new Reading(run.bootstrap().confidence(), run.bootstrap().margin(), run.gate(), words);
  }

  /** The page, UTF-8. */
  public static byte[] html(Evaluation evaluation) {
    return new EvaluationReport(evaluation).page();
  }

  private byte[] page() {
    var page =
        new Page(words.say("evaluation"), evaluation.run().name())
            .in(words.language().tag(), words::say);
    for (var scores : evaluation.models()) {
      var model = scores.model();
      page.fact(model.name(), model.uri() + ", sha256:" + model.sha256());
    }
    var began = evaluation.started().truncatedTo(ChronoUnit.SECONDS).toString();
    var elapsed = Duration.between(evaluation.started(), evaluation.finished());
    page.fact(words.say("run"), words.say("runTook", began, Numbers.count(elapsed.toSeconds())));
    page.fact(words.say("program"), ProgramVersion.of("eval"));
    return page.render("report/evaluation.html", this);
  }

  /** The verdict with all candidates. */
  public VerdictSection verdict() {
    return new VerdictSection(evaluation.comparisons(), reading);
  }

  /** What the judge says; null without one. */
  public JudgeSection judge() {
    return evaluation.judged().isEmpty() ? null : new JudgeSection(evaluation, words);
  }

  /** How the models write; null where nothing was written. */
  public Table styles() {
    return evaluation.styles().isEmpty() ? null : StyleTable.of(evaluation.styles(), reading);
  }

  /** How they were written. */
  public String decoding() {
    var generation = evaluation.run().generation();
    var sampling = generation.sampling();
    if (sampling == null) {
      return words.say(generation.asked() ? "greedyAsked" : "greedy");
    }
    return words.say(
        generation.asked() ? "drawnAsked" : "drawn",
        String.valueOf(sampling.temperature()),
        String.valueOf(sampling.topK()),
        String.valueOf(sampling.topP()),
        String.valueOf(sampling.seed()));
  }

  /** What the models wrote. */
  public List<Answers> answers() {
    return evaluation.answers();
  }

  /**
   * A task.
   *
   * @param name in result files
   * @param subtitle its title, and how many of its questions were asked
   * @param metrics every metric of every model
   * @param chosen which choices are right and which are taken
   * @param confusion right against taken, a table a model; none where choices are no labels
   * @param shown the first question as the models read it, with what they could choose
   * @param changed which questions each candidate won and lost
   */
  public record TaskDetails(
      String name,
      String subtitle,
      Table metrics,
      Table chosen,
      List<Table> confusion,
      Shown shown,
      List<ChangedAnswers> changed) {}

  /**
   * A question as it was asked.
   *
   * @param context what the models read
   * @param choices what they could choose, empty where they wrote
   */
  public record Shown(String context, List<String> choices) {}

  /** Every task with all its metrics. */
  public List<TaskDetails> tasks() {
    return evaluation.tasks().stream().map(this::details).toList();
  }

  private TaskDetails details(TaskRequests task) {
    return new TaskDetails(
        task.name(),
        subtitle(task),
        ScoreTables.metrics(evaluation, task, words),
        task.chosen() ? ChoiceTables.chosen(evaluation, task, words) : null,
        task.chosen() ? ChoiceTables.confusion(evaluation, task, words) : List.of(),
        task.ofDocuments() ? null : shown(task),
        ChangedAnswers.of(evaluation, task, words));
  }

  private String subtitle(TaskRequests task) {
    var asked = Numbers.count(task.requests().size());
    var all = Numbers.count(task.available());
    if (task.file().data() == null) {
      return words.say("askedDocuments", asked, all);
    }
    var title = task.task().title(words.language());
    return words.say(task.ofDocuments() ? "askedTexts" : "asked", title, asked, all);
  }

  private static Shown shown(TaskRequests task) {
    var first = task.requests().getFirst();
    return new Shown(first.context(), task.written() ? List.of() : first.continuations());
  }

  /** The published table beside these scores; null where they are not of the same. */
  public Table published() {
    return PublishedTable.of(evaluation, words);
  }

  /** What the numbers are of. */
  public Provenance provenance() {
    return new Provenance(evaluation, words);
  }

  /** How the numbers were made, and what they mean. */
  public List<Fact> measured() {
    return new Measuring(evaluation, words).facts();
  }
}
