package dev.keizoku.eval.result;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Method;
import dev.keizoku.eval.generate.PromptAnswers;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.lineage.TrainedOn;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.llm.torch.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * All that came out of a run; every file is a view of it.
 *
 * @param run what was asked for
 * @param tasks the requests
 * @param type number type that all models were run in
 * @param base the base model's scores
 * @param candidates the candidates' scores, in the run's order
 * @param comparisons the table
 * @param answers generated texts; empty when none were asked for
 * @param styles how the answers are written; empty where none are
 * @param judged what the judge says of each candidate's answers; empty without a judge
 * @param lineage what the models were trained on; empty where it was not looked for
 * @param started when
 * @param finished when
 */
public record Evaluation(
    EvalRun run,
    List<TaskRequests> tasks,
    DataType type,
    ModelScores base,
    List<ModelScores> candidates,
    Comparisons comparisons,
    List<Answers> answers,
    List<Comparison> styles,
    List<JudgedCandidate> judged,
    List<TrainedOn> lineage,
    Instant started,
    Instant finished) {

  /**
   * Compares what the models have said.
   *
   * @param models the base model and then the candidates
   */
  public static Evaluation of(
      EvalRun run,
      List<TaskRequests> tasks,
      DataType type,
      List<ModelRun> models,
      Instant started,
      Instant finished) {
    var scores = models.stream().map(ModelRun::scores).toList();
    var base = scores.getFirst();
    var candidates = scores.subList(1, scores.size());
    var bootstrap =
        new PairedBootstrap(
            run.bootstrap().resamples(), run.bootstrap().confidence(), run.randomness().seed());
    var method = new Method(bootstrap, run.alpha());
    var comparisons =
        Comparisons.of(
            tasks.stream().map(task -> AsMeasured.of(task, scores)).toList(),
            candidates.stream().map(candidate -> candidate.model().name()).toList(),
            method);
    return new Evaluation(
        run,
        tasks,
        type,
        base,
        candidates,
        comparisons,
        answers(run, models),
        AnswerStyles.of(tasks, models, method),
        List.of(),
        List.of(),
        started,
        finished);
  }

  /** The same with what the judge says. */
  public Evaluation judged(List<JudgedCandidate> byCandidate) {
    return with(byCandidate, lineage);
  }

  /** The same with what the models were trained on. */
  public Evaluation from(List<TrainedOn> ancestors) {
    return with(judged, ancestors);
  }

  private Evaluation with(List<JudgedCandidate> byCandidate, List<TrainedOn> ancestors) {
    return new Evaluation(
        run,
        tasks,
        type,
        base,
        candidates,
        comparisons,
        answers,
        styles,
        byCandidate,
        ancestors,
        started,
        finished);
  }

  /** From texts by model to texts by prompt. */
  private static List<Answers> answers(EvalRun run, List<ModelRun> models) {
    var answers = new ArrayList<Answers>();
    if (run.generation() != null) {
      var prompts = PromptAnswers.prompts(run.generation());
      for (int i = 0; i < prompts.size(); i++) {
        var byModel = new LinkedHashMap<String, String>();
        for (var model : models) {
          byModel.put(model.scores().model().name(), model.answers().get(i).text());
        }
        answers.add(new Answers(prompts.get(i), byModel));
      }
    }
    return answers;
  }

  /** How the questions were put as a conversation; null where none were. */
  public ChatForm chat() {
    return tasks.stream().map(TaskRequests::chat).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Questions asked of every task at most; null where tasks have limits of their own, or none. */
  public Integer limit() {
    var limits = run.questions().tasks().stream().map(Questions.Task::limit).distinct().toList();
    return limits.size() == 1 ? limits.getFirst() : null;
  }

  /** The number type's name, {@code float32} or {@code bfloat16}. */
  public String dtype() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** The base model and then the candidates. */
  public List<ModelScores> models() {
    var models = new ArrayList<ModelScores>();
    models.add(base);
    models.addAll(candidates);
    return models;
  }
}
