package dev.keizoku.eval.report;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.request.ChatForm;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code report/evaluation.html} shows of an evaluation. */
public final class EvaluationReport {
  private final Evaluation evaluation;

  private EvaluationReport(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The page, UTF-8. */
  public static byte[] html(Evaluation evaluation) {
    var page = new Page("Benchmark evaluation", evaluation.run().name());
    for (var scores : evaluation.models()) {
      var model = scores.model();
      page.fact(model.name(), model.uri() + ", sha256:" + model.sha256());
    }
    var elapsed = Duration.between(evaluation.started(), evaluation.finished());
    page.fact(
        "Run",
        "%s, %s s"
            .formatted(
                evaluation.started().truncatedTo(ChronoUnit.SECONDS),
                Numbers.count(elapsed.toSeconds())));
    page.fact("Program", ProgramVersion.of("eval"));
    return page.render("report/evaluation.html", new EvaluationReport(evaluation));
  }

  /** The verdict with all candidates. */
  public VerdictSection verdict() {
    var run = evaluation.run();
    var reading = new Reading(run.bootstrap().confidence(), run.bootstrap().margin(), run.gate());
    return new VerdictSection(evaluation.comparisons(), reading);
  }

  /** What the judge says; null without one. */
  public JudgeSection judge() {
    return evaluation.judged().isEmpty() ? null : new JudgeSection(evaluation);
  }

  /** How the models write; null where nothing was written. */
  public Table styles() {
    return evaluation.styles().isEmpty()
        ? null
        : StyleTable.of(evaluation.styles(), evaluation.run().bootstrap().confidence());
  }

  /** How they were written. */
  public String decoding() {
    var generation = evaluation.run().generation();
    var sampling = generation.sampling();
    var drawn =
        sampling == null
            ? "Greedy decoding"
            : "Drawn with temperature %s, top k %s, top p %s, seed %s"
                .formatted(
                    sampling.temperature(), sampling.topK(), sampling.topP(), sampling.seed());
    return drawn
        + (generation.asked()
            ? ", asked in the chat template, without what was thought first."
            : ", not a word left out or chosen.");
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
    var asked = Numbers.count(task.requests().size());
    return new TaskDetails(
        task.name(),
        "%s, %s of %s questions"
            .formatted(task.task().title(), asked, Numbers.count(task.available())),
        ScoreTables.metrics(evaluation, task),
        task.chosen() ? ChoiceTables.chosen(evaluation, task) : null,
        task.chosen() ? ChoiceTables.confusion(evaluation, task) : List.of(),
        task.ofDocuments() ? null : shown(task),
        ChangedAnswers.of(evaluation, task));
  }

  private static Shown shown(TaskRequests task) {
    var first = task.requests().getFirst();
    return new Shown(first.context(), task.written() ? List.of() : first.continuations());
  }

  /** Examples in front of a question, which a task file names. */
  private String shots() {
    var shots =
        evaluation.tasks().stream()
            .map(task -> task.task().prompts().get(task.promptVersion()).fewShot().shots())
            .distinct()
            .sorted()
            .map(String::valueOf)
            .toList();
    return String.join(", ", shots) + "-shot";
  }

  private String notes() {
    return evaluation.models().stream()
        .map(model -> model.notes(evaluation.tasks()))
        .map(
            notes ->
                "%s: %s questions whose likeliest answer has an equal (the first counts), %s longer than the model's positions and without their beginning."
                    .formatted(
                        notes.name(), Numbers.count(notes.ties()), Numbers.count(notes.cut())))
        .collect(Collectors.joining(" "));
  }

  /** The published table beside these scores; null where they are not of the same. */
  public Table published() {
    return PublishedTable.of(evaluation);
  }

  /** What the numbers are of. */
  public Provenance provenance() {
    return new Provenance(evaluation);
  }

  /** How the numbers were made, and what they mean. */
  public List<Fact> measured() {
    var facts = new ArrayList<>(scored());
    if (evaluation.chat() != null) {
      facts.add(1, new Fact("Conversation", conversation(evaluation.chat())));
    }
    return facts;
  }

  private static String conversation(ChatForm chat) {
    return "Every question is put in the chat template of %s, sha256:%s, %s; examples are %s."
        .formatted(
            chat.place(),
            Digests.sha256(chat.template()),
            chat.system() == null
                ? "without a system text"
                : "after the system text \"%s\"".formatted(chat.system()),
            chat.multiturn() ? "turns of their own" : "in one turn with the question");
  }

  private List<Fact> scored() {
    var run = evaluation.run();
    return List.of(
        new Fact(
            "Scoring",
            shots()
                + "; the answer with the largest log-likelihood counts (by a code point, where a"
                + " score ends in _norm), as in lm-evaluation-harness. All models got the same"
                + " questions in the same words."),
        new Fact(
            "Number type",
            evaluation.dtype()
                + " for all models"
                + (evaluation.run().passes().dtype() == null
                    ? ": the narrowest that holds the weights of every one as stored."
                    : ", as the run asked for.")),
        new Fact("Ties and cut questions", notes()),
        new Fact(
            "Interval",
            "Paired bootstrap, %s resamples, seed %s: independent questions are drawn (the opinions on one sentence together), the same for all models and prompts, within each task. Overall is the unweighted mean of the tasks."
                .formatted(Numbers.count(run.bootstrap().resamples()), run.randomness().seed())),
        new Fact(
            "p",
            "How often chance alone gives so large a difference. One prompt of independent"
                + " right-or-wrong questions: McNemar's exact test; else randomization by question"
                + " or sentence. Over tasks: after Holm's correction, by which better and worse are"
                + " told."),
        new Fact(
            "Could show",
            "The smallest true difference that such answers show with 80% probability at "
                + Numbers.percent(1 - run.bootstrap().confidence(), 1)
                + "; planned: what was to be expected before, with 30% of the answers different."),
        new Fact("Guessing", "What choosing at random would score."),
        new Fact(
            "Gained / lost", "Questions that only the candidate / only the base model gets right."),
        new Fact(
            "Data",
            "The questions are for evaluation only and must not enter any training corpus."));
  }
}
