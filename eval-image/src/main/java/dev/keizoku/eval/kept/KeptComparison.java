package dev.keizoku.eval.kept;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Measured;
import dev.keizoku.eval.compare.Method;
import dev.keizoku.eval.compare.UnpairedRows;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.stats.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares models by what was kept of them: paired where the items are there. */
public final class KeptComparison {
  private final TaskCatalog catalog;
  private final Method method;

  /**
   * @param catalog tells which metric stands for a task
   */
  public KeptComparison(TaskCatalog catalog, Method method) {
    this.catalog = catalog;
    this.method = method;
  }

  /**
   * All rows.
   *
   * @param models the base model and then the candidates
   * @throws RunFault exit 42 where the models did not do the same
   */
  public Comparisons of(List<KeptModel> models) {
    if (models.size() < 2) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "There is one model, %s; name the base model's files and then those of the candidates."
              .formatted(models.getFirst().name()));
    }
    var tasks = common(models);
    if (tasks.isEmpty()) {
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "The models have no task in common that is scored alike; run both on the same tasks.");
    }
    if (!models.stream().allMatch(KeptModel::hasItems)) {
      return unpaired(models, tasks);
    }
    return Comparisons.of(
        tasks.stream().map(task -> measured(task, of(models, task))).toList(),
        models.stream().skip(1).map(KeptModel::name).toList(),
        method);
  }

  /** Tasks of the base model that a candidate has not done, or not by a metric of the base's. */
  public List<String> leftOut(List<KeptModel> models) {
    var compared = common(models);
    return models.getFirst().tasks().stream()
        .map(KeptTask::name)
        .filter(task -> !compared.contains(task))
        .toList();
  }

  private List<String> common(List<KeptModel> models) {
    return models.getFirst().tasks().stream()
        .map(KeptTask::name)
        .filter(task -> models.stream().allMatch(model -> model.find(task).isPresent()))
        .filter(task -> metric(task, of(models, task)).isPresent())
        .toList();
  }

  private static List<KeptTask> of(List<KeptModel> models, String task) {
    return models.stream().map(model -> model.find(task).orElseThrow()).toList();
  }

  private Measured measured(String name, List<KeptTask> models) {
    var base = models.getFirst();
    for (int i = 1; i < models.size(); i++) {
      sameItems(name, base, models.get(i));
    }
    var metric = metric(name, models).orElseThrow();
    boolean chosen =
        models.stream()
            .allMatch(of -> of.items().stream().noneMatch(item -> item.taken().by(metric) < 0));
    return new Measured(
        base.task(),
        base.sets(),
        name,
        metric,
        base.general(),
        Units.byKey(base.items().stream().map(KeptTask.Item::unit).toList()),
        models.stream().<ItemScores>map(of -> of.scores(metric)).toList(),
        chosen ? models.stream().map(of -> answers(of, metric)).toList() : List.of(),
        null);
  }

  private static int[] answers(KeptTask task, String metric) {
    return task.items().stream().mapToInt(item -> item.taken().by(metric)).toArray();
  }

  /** The one that stands for the task, of those that all models are scored by. */
  private Optional<String> metric(String name, List<KeptTask> models) {
    var known = TaskName.of(name, catalog).metric();
    var metrics =
        models.getFirst().metrics().stream()
            .filter(metric -> models.stream().allMatch(of -> of.metrics().contains(metric)))
            .toList();
    return Stream.concat(Stream.of(known), Metric.OF_DOCUMENTS.stream())
        .filter(metrics::contains)
        .findFirst()
        .or(() -> metrics.stream().findFirst());
  }

  private static void sameItems(String name, KeptTask base, KeptTask other) {
    if (base.items().size() != other.items().size()) {
      throw RunFault.userError(
          Reason.INVALID_JSON,
          "%s: the base model has %d items and a candidate %d; run both on the same questions."
              .formatted(name, base.items().size(), other.items().size()));
    }
    var differs =
        IntStream.range(0, base.items().size())
            .filter(i -> !same(base.items().get(i), other.items().get(i)))
            .findFirst();
    if (differs.isPresent()) {
      throw RunFault.userError(
          Reason.INVALID_JSON,
          "%s: item %d is not the same question for both models; run both on the same questions."
              .formatted(name, base.items().get(differs.getAsInt()).id()));
    }
  }

  private static boolean same(KeptTask.Item one, KeptTask.Item other) {
    return one.id() == other.id() && one.hash().equals(other.hash());
  }

  private Comparisons unpaired(List<KeptModel> models, List<String> tasks) {
    if (models.size() > 2) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "Scores without samples are compared two models at a time; name two of %s."
              .formatted(String.join(", ", models.stream().map(KeptModel::name).toList())));
    }
    var pairs = new ArrayList<UnpairedRows.Pair>();
    for (var task : tasks) {
      var of = of(models, task);
      var base = of.get(0);
      var metric = metric(task, of).orElseThrow();
      pairs.add(
          new UnpairedRows.Pair(
              base.task(),
              task,
              base.sets(),
              metric,
              base.higherIsBetter(metric),
              base.general(),
              base.measure(metric),
              of.get(1).measure(metric),
              base.items().size()));
    }
    return new UnpairedRows(models.get(1).name(), method.bootstrap().confidence()).of(pairs);
  }
}
