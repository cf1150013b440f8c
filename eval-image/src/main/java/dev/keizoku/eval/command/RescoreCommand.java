package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.files.KeptSamples;
import dev.keizoku.eval.files.Leaderboard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval rescore SAMPLES...}. */
@Command(
    name = "rescore",
    mixinStandardHelpOptions = true,
    description = {
      "Takes every metric again from the log-likelihoods of a samples.jsonl, without a model.",
      "A model that answered all tasks with the prompts of a set, in one run or in several, also"
          + " gets its row of the benchmark's leaderboard, in percent: that of its best set."
    })
public final class RescoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SAMPLES",
      arity = "1..*",
      description = "Paths of samples.jsonl files, each of a run.")
  private List<Path> files;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var samples =
        files.stream().map(RescoreCommand::samples).reduce(KeptSamples::and).orElseThrow();
    samples
        .byModel()
        .forEach(
            (model, tasks) ->
                tasks.forEach(
                    (task, of) ->
                        of.metrics()
                            .forEach(
                                metric ->
                                    print(
                                        out,
                                        "%s  %s  %s".formatted(model, task, metric),
                                        of.measure(metric),
                                        of.questions()))));
    var catalog = TaskCatalog.load();
    for (var model : samples.byModel().keySet()) {
      samples.leaderboard(model, catalog).ifPresent(row -> print(out, model, row));
    }
    out.flush();
    return 0;
  }

  private static KeptSamples samples(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      return KeptSamples.read(lines, file.toString());
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "Cannot read %s; give the path of a samples.jsonl.".formatted(file));
    }
  }

  private static void print(PrintWriter out, String what, Measure measure, int questions) {
    out.printf(
        Locale.ROOT,
        "%s  %.6f%s  of %d questions%n",
        what,
        measure.value(),
        measure.standardError() == null
            ? ""
            : String.format(Locale.ROOT, " +- %.6f", measure.standardError()),
        questions);
  }

  private static void print(PrintWriter out, String model, Leaderboard.Row row) {
    out.printf(
        Locale.ROOT,
        "%s  leaderboard, prompt set %s: mean %s",
        model,
        row.promptSet(),
        Leaderboard.printed(row.mean()));
    for (Map.Entry<String, Double> score : row.scores().entrySet()) {
      out.printf(Locale.ROOT, ", %s %s", score.getKey(), Leaderboard.printed(score.getValue()));
    }
    out.println();
  }
}
