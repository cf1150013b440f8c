package dev.keizoku.eval;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.eval.run.EvaluationProgram;
import dev.keizoku.eval.task.TaskCatalog;
import dev.keizoku.llm.torch.Gpus;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgramOptions;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The evaluator's command line. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    version = "keizoku-eval 0.1.0",
    description = "Scores a base model and candidates on the same questions and compares them.",
    footer = {
      "",
      "S3 credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 done, 42 something must be changed, 75 try again, 143 stopped."
    })
public final class EvalMain implements Callable<Integer> {
  @Mixin private ProgramOptions options = new ProgramOptions();

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EvalMain()).execute(args));
  }

  @Override
  public Integer call() {
    return new Program<>("keizoku_eval", EvalRun.class, EvalRun::runUid)
        .run(options, EvalMain::evaluate);
  }

  private static FinalReport evaluate(EvalRun run, RunContext context) throws IOException {
    try (var store = StoreRouter.fromEnvironment(run.storage(), System.getenv())) {
      return new EvaluationProgram(store, device(), Clock.systemUTC()).run(run, context);
    }
  }

  /** One accelerator is enough: a model is scored on one device. */
  private static Device device() {
    return Gpus.count() > 0 ? Device.gpu() : Device.cpu();
  }

  @Command(
      name = "tasks",
      mixinStandardHelpOptions = true,
      description = "Lists the tasks and their prompt versions.")
  int tasks() {
    for (var task : TaskCatalog.load().tasks()) {
      System.out.printf(
          "%-18s %s%n%-18s %,d questions, score %s; prompts %s%n",
          task.name(),
          task.title(),
          "",
          task.docs().size(),
          task.score(),
          String.join(", ", task.prompts().keySet()));
    }
    return 0;
  }
}
