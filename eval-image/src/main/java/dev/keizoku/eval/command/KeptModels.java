package dev.keizoku.eval.command;

import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Method;
import dev.keizoku.eval.kept.KeptComparison;
import dev.keizoku.eval.kept.KeptFiles;
import dev.keizoku.eval.kept.KeptModel;
import dev.keizoku.eval.stats.PairedBootstrap;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The models that {@code compare} and {@code gate} look at, and how. */
final class KeptModels {
  @Parameters(
      paramLabel = "FILES",
      arity = "1..*",
      description = {
        "What runs have kept, the base model's first: samples.jsonl, samples_TASK_DATE.jsonl or a"
            + " folder of lm-evaluation-harness' files, results*.json (scores without pairs).",
        "PATH#MODEL takes one of several models of a file; without it all, the first is the base."
      })
  private List<String> files;

  @Option(
      names = "--confidence",
      defaultValue = "0.95",
      description = "Level of the intervals (default ${DEFAULT-VALUE}).")
  private double confidence;

  @Option(
      names = "--margin",
      description = "Difference that is as good as none, for \"as good\" and \"not worse\".")
  private Double margin;

  @Option(
      names = "--resamples",
      defaultValue = "10000",
      description = "Draws of the bootstrap (default ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the draws (default ${DEFAULT-VALUE}).")
  private long seed;

  private List<KeptModel> models;
  private List<String> leftOut;

  double confidence() {
    return confidence;
  }

  Double margin() {
    return margin;
  }

  /** Whether the items of all models are there. */
  boolean paired() {
    return models.stream().allMatch(KeptModel::hasItems);
  }

  /** Tasks of the base model that are not compared, since not all models were scored on them. */
  List<String> leftOut() {
    return leftOut;
  }

  String title() {
    return String.join(", ", models.stream().map(KeptModel::name).toList());
  }

  /**
   * All rows.
   *
   * @param alpha level of a gate's ends
   */
  Comparisons compare(double alpha) {
    var catalog = TaskCatalog.load();
    var reader = new KeptFiles(catalog);
    models = KeptFiles.told(files.stream().flatMap(file -> reader.read(file).stream()).toList());
    var bootstrap = new PairedBootstrap(resamples, confidence, seed);
    var comparison = new KeptComparison(catalog, new Method(bootstrap, alpha));
    var rows = comparison.of(models);
    leftOut = comparison.leftOut(models);
    return rows;
  }
}
