package dev.keizoku.trainer;

import com.sun.management.OperatingSystemMXBean;
import dev.keizoku.contract.run.AttemptOrder;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgramLine;
import dev.keizoku.program.ProgramOptions;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.FencedStore;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.open.WatchedStore;
import dev.keizoku.trainer.command.LogitsCommand;
import dev.keizoku.trainer.command.PlanCommand;
import dev.keizoku.trainer.loop.Machine;
import dev.keizoku.trainer.loop.TrainingJob;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the trainer. */
@Command(
    name = "trainer",
    mixinStandardHelpOptions = true,
    description =
        "Continues the pre-training of a language model: token shards and a base model in, a tuned"
            + " model out. Goes on from the newest checkpoint of its output.",
    footer = {
      "",
      "Credentials of s3:// come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 done, 42 you must change something, 75 try again, 143 stopped and saved."
    })
public final class TrainerMain implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private ProgramOptions options;

  private TrainerMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), arguments));
  }

  /** Runs the program and returns its exit code. */
  static int run(Map<String, String> environment, String... arguments) {
    var subcommands =
        new Object[] {
          new PlanCommand(spec -> StoreRouter.fromEnvironment(spec, environment), machine()),
          new LogitsCommand(environment)
        };
    return ProgramLine.run(new TrainerMain(environment), environment, subcommands, arguments);
  }

  @Override
  public Integer call() {
    return new Program<>("keizoku_train", TrainRun.class, TrainRun::runUid)
        .run(
            options,
            (run, context) -> {
              try (var store = store(run, context)) {
                return new TrainingJob(run, store, context.scratch(), machine(), Clock.systemUTC())
                    .run(context);
              }
            });
  }

  private ObjectStore store(TrainRun run, RunContext context) {
    var store =
        new WatchedStore(
            StoreRouter.fromEnvironment(run.storage(), environment), context.progress()::moved);
    var lock = StoreUri.parse(run.output()).child("checkpoints").child("attempt");
    var mine = environment.get(AttemptOrder.VARIABLE);
    return mine == null ? store : new FencedStore(store, lock, AttemptOrder.parse(mine));
  }

  // Both know the limits of a container.
  private static Machine machine() {
    var runtime = Runtime.getRuntime();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        runtime.availableProcessors(), system.getTotalMemorySize() - runtime.maxMemory());
  }
}
