package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.eval.task.TaskCatalog;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eval tasks}. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = "Lists the tasks and their prompt versions.")
public final class TasksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (var task : TaskCatalog.load().tasks()) {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%-18s %s%n%-18s %,d questions, score %s; prompts %s%n",
              task.name(),
              task.title(),
              "",
              task.docs().size(),
              task.score(),
              String.join(", ", task.prompts().keySet()));
    }
    return ExitCode.DONE.code();
  }
}
