package dev.keizoku.trainer;

import com.sun.management.OperatingSystemMXBean;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgramOptions;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.trainer.command.LogitsCommand;
import dev.keizoku.trainer.command.PlanCommand;
import dev.keizoku.trainer.loop.Machine;
import dev.keizoku.trainer.loop.TrainingJob;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the trainer. */
@Command(
    name = "trainer",
    mixinStandardHelpOptions = true,
    version = "keizoku-trainer 0.1.0",
    description =
        "Continues the pre-training of a language model: token shards and a base model in, a tuned"
            + " model out. Goes on from the newest checkpoint of its output.",
    footer = {
      "",
      "Credentials of an s3:// store: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 done, 42 the user must change something, 75 try again, 143 stopped and saved."
    })
public final class TrainerMain implements Callable<Integer> {
  @Mixin private ProgramOptions options;

  /** Entry point. */
  public static void main(String[] arguments) {
    var environment = System.getenv();
    var command = new CommandLine(new TrainerMain());
    command.addSubcommand(
        new PlanCommand(spec -> StoreRouter.fromEnvironment(spec, environment), machine()));
    command.addSubcommand(
        new LogitsCommand(spec -> StoreRouter.fromEnvironment(spec, environment)));
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() {
    var environment = System.getenv();
    return new Program<>("keizoku_train", TrainRun.class, TrainRun::runUid)
        .run(
            options,
            (run, context) -> {
              try (var scratch = ScratchFolder.open();
                  var store = StoreRouter.fromEnvironment(run.storage(), environment)) {
                return new TrainingJob(run, store, scratch.path(), machine(), Clock.systemUTC())
                    .run(context);
              }
            });
  }

  // Both know the limits of a container.
  private static Machine machine() {
    var runtime = Runtime.getRuntime();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        runtime.availableProcessors(), system.getTotalMemorySize() - runtime.maxMemory());
  }
}
