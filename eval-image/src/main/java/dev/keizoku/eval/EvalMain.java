package dev.keizoku.eval;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.eval.command.CompareCommand;
import dev.keizoku.eval.command.GateCommand;
import dev.keizoku.eval.command.JudgeCommand;
import dev.keizoku.eval.command.LeaderboardCommand;
import dev.keizoku.eval.command.PlanCommand;
import dev.keizoku.eval.command.RequestsCommand;
import dev.keizoku.eval.command.RescoreCommand;
import dev.keizoku.eval.command.TasksCommand;
import dev.keizoku.eval.run.EvalDevices;
import dev.keizoku.eval.run.EvaluationProgram;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgramLine;
import dev.keizoku.program.ProgramOptions;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.open.WatchedStore;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The evaluator's command line. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Scores a base model and candidates on the same questions and compares them.",
    footer = {
      "",
      "Credentials of s3:// come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 done, 42 you must change something, 75 try again, 143 stopped by SIGTERM."
    })
public final class EvalMain implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private ProgramOptions options;

  private EvalMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), arguments));
  }

  /** Runs the program and returns its exit code. */
  static int run(Map<String, String> environment, String... arguments) {
    Function<StorageSpec, ObjectStore> stores =
        storage -> StoreRouter.fromEnvironment(storage, environment);
    var subcommands =
        new Object[] {
          new TasksCommand(),
          new RequestsCommand(stores),
          new PlanCommand(stores),
          new RescoreCommand(),
          new LeaderboardCommand(),
          new CompareCommand(),
          new GateCommand(),
          new JudgeCommand()
        };
    return ProgramLine.run(new EvalMain(environment), environment, subcommands, arguments);
  }

  @Override
  public Integer call() {
    return new Program<>("keizoku_eval", EvalRun.class, EvalRun::runUid)
        .run(
            options,
            (run, context) -> {
              try (var store =
                  new WatchedStore(
                      StoreRouter.fromEnvironment(run.storage(), environment),
                      context.progress()::moved)) {
                return new EvaluationProgram(store, EvalDevices.here(), Clock.systemUTC())
                    .run(run, context);
              }
            });
  }
}
