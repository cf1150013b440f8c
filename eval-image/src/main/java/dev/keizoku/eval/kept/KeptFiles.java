package dev.keizoku.eval.kept;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what a run has kept: {@code samples.jsonl} of ours, {@code samples_TASK_DATE.jsonl} of
 * lm-evaluation-harness, a folder with them, or {@code results*.json} of either.
 */
public final class KeptFiles {
  private static final String WHAT =
      "give a samples.jsonl, a results.json, or a folder in which lm-evaluation-harness wrote"
          + " them.";

  private final TaskCatalog catalog;

  /**
   * @param catalog tells a prompt's name from its task's
   */
  public KeptFiles(TaskCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The models of an argument.
   *
   * @param argument a path, and after {@code #} the name of one of several models in it
   * @throws RunFault exit 42 for what is no such file or has no such model
   */
  public List<KeptModel> read(String argument) {
    int mark = argument.lastIndexOf('#');
    var path = Path.of(mark < 0 ? argument : argument.substring(0, mark));
    var models = read(path);
    if (mark < 0) {
      return models;
    }
    var wanted = argument.substring(mark + 1);
    var found = models.stream().filter(model -> model.name().equals(wanted)).toList();
    if (found.isEmpty()) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "%s holds no model '%s'; choose one of %s."
              .formatted(
                  path, wanted, String.join(", ", models.stream().map(KeptModel::name).toList())));
    }
    return found;
  }

  /** The same models with names of their own: what has another's name gets a number. */
  public static List<KeptModel> told(List<KeptModel> models) {
    var told = new ArrayList<KeptModel>();
    for (var model : models) {
      long before =
          models.subList(0, told.size()).stream()
              .filter(m -> m.name().equals(model.name()))
              .count();
      told.add(before == 0 ? model : model.called(model.name() + "-" + (before + 1)));
    }
    return told;
  }

  private List<KeptModel> read(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return path.getFileName().toString().endsWith(".jsonl")
            ? new SampleLines(catalog, Directions.beside(path)).read(List.of(path), stem(path))
            : new ResultScores(catalog).read(path);
      }
      var samples = files(path, "samples", ".jsonl");
      if (!samples.isEmpty()) {
        return new SampleLines(catalog, Directions.beside(samples.getLast()))
            .read(newest(samples), path.getFileName().toString());
      }
      var results = files(path, "results", ".json");
      if (!results.isEmpty()) {
        return new ResultScores(catalog).read(results.getLast());
      }
    } catch (IOException e) {
      throw RunFault.userError(Reason.FILE_NOT_FOUND, "Cannot read %s; %s".formatted(path, WHAT));
    }
    throw RunFault.userError(
        Reason.FILE_NOT_FOUND, "%s holds neither samples nor results; %s".formatted(path, WHAT));
  }

  private static String stem(Path path) {
    return path.getFileName().toString().replaceFirst("\\.jsonl$", "");
  }

  static List<Path> files(Path folder, String prefix, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              file ->
                  file.getFileName().toString().startsWith(prefix)
                      && file.getFileName().toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  /** Of several dates of a task the last. */
  private static List<Path> newest(List<Path> samples) {
    var newest = new ArrayList<Path>();
    for (var file : samples) {
      newest.removeIf(other -> SampleLines.task(other).equals(SampleLines.task(file)));
      newest.add(file);
    }
    return newest;
  }
}
