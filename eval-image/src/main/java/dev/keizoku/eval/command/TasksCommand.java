package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.catalog.ShippedTasks;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.task.BenchmarkTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eval tasks}. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = "Lists the tasks that the program carries, and their prompt versions.")
public final class TasksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--export",
      paramLabel = "FOLDER",
      description = {
        "Writes their files and data into a folder, as a start for tasks of one's own.",
        "lm-evaluation-harness asks the same: cd FOLDER && lm_eval --include_path . --tasks fp2 ..."
      })
  private Path folder;

  @Override
  public Integer call() {
    if (folder != null) {
      export();
      return ExitCode.DONE.code();
    }
    for (var task : TaskCatalog.load().all()) {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%-18s %s%n%-18s %,d questions, score %s; prompts %s%n",
              task.name(),
              task.title(Language.EN),
              "",
              task.docs(BenchmarkTask.DEFAULT_PROMPT).size(),
              task.score(),
              String.join(", ", task.prompts().keySet()));
    }
    return ExitCode.DONE.code();
  }

  private void export() {
    var tasks = new ShippedTasks();
    try {
      for (var name : tasks.files()) {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, tasks.read(name));
      }
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "Cannot write into %s (%s); name a folder of your own."
              .formatted(folder, e.getMessage()));
    }
  }
}
