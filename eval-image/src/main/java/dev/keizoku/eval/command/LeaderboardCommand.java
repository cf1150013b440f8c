package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.files.Leaderboard;
import dev.keizoku.eval.kept.KeptFiles;
import dev.keizoku.eval.kept.KeptModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval leaderboard FILES...}. */
@Command(
    name = "leaderboard",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the benchmark's leaderboard of models that answered all its tasks with the prompts of",
      "a set, in one run or in several: of each the best set, in percent, the best model first."
    })
public final class LeaderboardCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILES",
      arity = "1..*",
      description = {
        "What runs have kept: samples.jsonl, results*.json or a folder, of ours or of",
        "lm-evaluation-harness; PATH#MODEL takes one of several models. Equal names are one model."
      })
  private List<String> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var catalog = TaskCatalog.load();
    var reader = new KeptFiles(catalog);
    var models = new LinkedHashMap<String, KeptModel>();
    for (var file : files) {
      reader.read(file).forEach(model -> models.merge(model.name(), model, KeptModel::and));
    }
    var rows = new ArrayList<Map.Entry<String, Leaderboard.Row>>();
    models.forEach((name, of) -> row(of, catalog).ifPresent(row -> rows.add(Map.entry(name, row))));
    if (rows.isEmpty()) {
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "No model answered all of the benchmark's tasks with the prompts of one set; run %s, with the same promptVersions."
              .formatted(String.join(", ", names(catalog))));
    }
    rows.sort(Comparator.comparingDouble(row -> -row.getValue().mean()));
    print(rows, catalog);
    return ExitCode.DONE.code();
  }

  private static List<String> names(TaskCatalog catalog) {
    return catalog.tasks().stream().map(task -> task.name()).toList();
  }

  private static Optional<Leaderboard.Row> row(KeptModel model, TaskCatalog catalog) {
    var sets = new LinkedHashMap<String, Map<String, Double>>();
    for (var set : catalog.promptSets()) {
      var scores = new LinkedHashMap<String, Double>();
      for (var task : catalog.tasks()) {
        var name = task.resultName(task.promptVersion(set));
        model.score(name, task.score()).ifPresent(s -> scores.put(task.name(), 100 * s));
      }
      if (scores.size() == catalog.tasks().size()) {
        sets.put(set, scores);
      }
    }
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(Leaderboard.best(List.copyOf(sets.keySet()), sets));
  }

  private void print(List<Map.Entry<String, Leaderboard.Row>> rows, TaskCatalog catalog) {
    var out = spec.commandLine().getOut();
    var names = names(catalog);
    out.println("| Model | Ave. | " + String.join(" | ", names) + " | Prompt |");
    out.println("|---|---|" + "---|".repeat(names.size() + 1));
    for (var of : rows) {
      var row = of.getValue();
      var cells = new ArrayList<>(List.of(of.getKey(), Leaderboard.printed(row.mean())));
      row.scores().values().forEach(score -> cells.add(Leaderboard.printed(score)));
      cells.add(row.promptSet());
      out.println("| " + String.join(" | ", cells) + " |");
    }
    out.flush();
  }
}
