package dev.keizoku.eval;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.eval.Presentation;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.llm.torch.DataType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;

/** Evaluations of models that were never asked: what they said is given. */
public final class MadeEvaluation {
  private MadeEvaluation() {}

  /** A model that said so of each task. */
  public static ModelScores model(String name, List<TaskRequests> tasks, List<ChoiceScores> said) {
    var byTask = new HashMap<String, ChoiceScores>();
    for (int i = 0; i < said.size(); i++) {
      byTask.put(tasks.get(i).name(), said.get(i));
    }
    var model = new ScoredModel(name, "file:///models/" + name, "ab".repeat(32));
    return new ModelScores(model, byTask);
  }

  /** Log-likelihoods of the choices of each question. */
  public static ChoiceScores choices(double[]... logLikelihoods) {
    var greedy = new boolean[logLikelihoods.length][];
    for (int i = 0; i < greedy.length; i++) {
      greedy[i] = new boolean[logLikelihoods[i].length];
    }
    return new ChoiceScores(logLikelihoods, greedy, 0);
  }

  /** A model that answers at random, by a seed. */
  public static ModelScores random(String name, long seed, List<TaskRequests> tasks) {
    var random = new SplittableRandom(seed);
    return model(
        name,
        tasks,
        tasks.stream()
            .map(
                task ->
                    choices(
                        task.requests().stream()
                            .map(
                                request ->
                                    random.doubles(request.choices().size(), -10, 0).toArray())
                            .toArray(double[][]::new)))
            .toList());
  }

  /**
   * Compared.
   *
   * @param prompts of answers written side by side, may be empty
   * @param models the base model and then the candidates
   */
  public static Evaluation of(
      String name, List<TaskRequests> tasks, List<String> prompts, List<ModelRun> models) {
    var generation = prompts.isEmpty() ? null : new Generation(prompts, 8, null, null);
    return of(run(name, 200, generation, null), tasks, models);
  }

  /** A base model and a candidate, compared, without answers side by side. */
  public static Evaluation of(List<TaskRequests> tasks, ModelScores base, ModelScores candidate) {
    var models = List.of(new ModelRun(base, List.of()), new ModelRun(candidate, List.of()));
    return of("mine", tasks, List.of(), models);
  }

  /** The same by a run. */
  public static Evaluation of(EvalRun run, List<TaskRequests> tasks, List<ModelRun> models) {
    return Evaluation.of(
        run,
        tasks,
        DataType.FLOAT32,
        models,
        Instant.parse("2026-01-01T00:00:00Z"),
        Instant.parse("2026-01-01T00:01:00Z"));
  }

  /** A run without models. */
  public static EvalRun run(String name, int resamples, Generation generation, Gate gate) {
    return run(name, resamples, generation, gate, Language.EN);
  }

  /** The same for readers of a language. */
  public static EvalRun run(
      String name, int resamples, Generation generation, Gate gate, Language language) {
    return new EvalRun(
        "uid",
        name,
        null,
        "file:///out",
        null,
        List.of(),
        null,
        null,
        new EvalRun.Bootstrap(resamples, 0.95, null),
        generation,
        null,
        gate,
        new EvalRun.Passes(100, null, null, null, null),
        new Seed(7L),
        new Presentation(language));
  }
}
