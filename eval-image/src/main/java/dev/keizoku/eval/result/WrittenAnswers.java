package dev.keizoku.eval.result;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.generate.PromptAnswers;
import dev.keizoku.eval.judge.AnswerPair;
import dev.keizoku.eval.request.TaskRequests;
import java.util.ArrayList;
import java.util.List;

/** What two models of a run wrote to the same questions. */
public final class WrittenAnswers {
  /** Name of what is written after {@code generation.prompts}, among the tasks. */
  public static final String GENERATION = "generation";

  private WrittenAnswers() {}

  /** All of them: the first answer of each question of the tasks, then those to the prompts. */
  public static List<AnswerPair> pairs(
      EvalRun run, List<TaskRequests> tasks, ModelRun base, ModelRun candidate) {
    var pairs = new ArrayList<AnswerPair>();
    for (var task : tasks) {
      if (task.written()) {
        var ofBase = base.scores().on(task).texts();
        var ofCandidate = candidate.scores().on(task).texts();
        for (int i = 0; i < task.requests().size(); i++) {
          var prompt = task.requests().get(i).context();
          pairs.add(
              new AnswerPair(
                  task.name(), i, prompt, ofBase.get(i).getFirst(), ofCandidate.get(i).getFirst()));
        }
      }
    }
    var prompts =
        run.generation() == null ? List.<String>of() : PromptAnswers.prompts(run.generation());
    for (int i = 0; i < prompts.size(); i++) {
      pairs.add(
          new AnswerPair(
              GENERATION,
              i,
              prompts.get(i),
              base.answers().get(i).text(),
              candidate.answers().get(i).text()));
    }
    return pairs;
  }
}
