package dev.keizoku.eval.plan;

import dev.keizoku.contract.result.EvalPlan;
import dev.keizoku.contract.result.EvalPlan.ModelPart;
import dev.keizoku.contract.result.EvalPlan.TaskPart;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.Power;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan in numbers, for people and for a status.
 *
 * @param plan what they are of
 * @param room bytes that a device has; null when that is not known
 * @param seconds of a model for all that it may be asked; empty when its speed is not known
 * @param basis where these seconds are from
 */
public record PlanSummary(
    EvaluationPlan plan, Long room, Function<PlannedModel, OptionalDouble> seconds, String basis) {
  private static final double HOUR = 3600;

  /** All of it. */
  public EvalPlan result() {
    var models = plan.models().stream().map(this::model).toList();
    var tasks = tasks();
    Boolean fits =
        room == null
            ? null
            : Boolean.valueOf(
                plan.models().stream()
                    .filter(plan::loads)
                    .allMatch(model -> plan.fit(model).in(room)));
    Double hours =
        models.stream().anyMatch(model -> model.hours() == null)
            ? null
            : Double.valueOf(rounded(models.stream().mapToDouble(ModelPart::hours).sum()));
    Double detectable = tasks.isEmpty() ? null : Double.valueOf(overall());
    return new EvalPlan(
        sentence(models, hours, detectable, tasks),
        plan.type().name().toLowerCase(Locale.ROOT),
        fits,
        room,
        models,
        models.stream().mapToLong(ModelPart::tokens).sum(),
        hours,
        hours == null ? null : basis(models),
        detectable,
        tasks.stream().limit(EvalPlan.MOST_TASKS).toList());
  }

  private String basis(List<ModelPart> models) {
    return models.stream().allMatch(model -> model.questions() == 0)
        ? "nothing is left to ask"
        : basis;
  }

  private ModelPart model(PlannedModel model) {
    long all = plan.tasks().stream().mapToLong(task -> task.requests().size()).sum();
    long open = model.tasks().stream().mapToLong(task -> task.open().requests().size()).sum();
    // Tokens are counted over all questions; of those that are left, their share.
    double share = all == 0 ? 0 : (double) open / all;
    // A model with nothing left is neither loaded nor timed, nor is one behind an endpoint.
    var needs = model.needs();
    var time = open == 0 || needs == null ? OptionalDouble.of(0) : seconds.apply(model);
    int devices = needs == null ? 0 : plan.fit(model).devices(room);
    return new ModelPart(
        model.model().name(),
        open,
        all - open,
        needs == null ? 0 : (long) (needs.tokens() * share),
        needs == null ? 0 : plan.fit(model).bytes(devices),
        needs == null || room == null ? null : Integer.valueOf(devices),
        time.isEmpty() ? null : Double.valueOf(rounded(time.getAsDouble() * share / HOUR)));
  }

  /** All prompts of a task ask the same questions. */
  private List<TaskPart> tasks() {
    var parts = new LinkedHashMap<String, TaskPart>();
    for (var task : plan.tasks()) {
      // Of how far apart documents are found likely nothing is known beforehand.
      if (!task.ofDocuments()) {
        long units = units(task);
        var shown = Power.planned(units, level());
        parts.put(task.task().name(), new TaskPart(task.task().name(), units, rounded(shown)));
      }
    }
    return parts.values().stream()
        .sorted(Comparator.comparingDouble(TaskPart::detectable).reversed())
        .toList();
  }

  /**
   * Of the mean over the tasks, those of what a model may forget only where there are no others.
   */
  private double overall() {
    var scored = plan.tasks().stream().filter(task -> !task.ofDocuments()).toList();
    var special = scored.stream().filter(task -> !general(task)).toList();
    var errors = new LinkedHashMap<String, Double>();
    for (var task : special.isEmpty() ? scored : special) {
      errors.put(task.task().name(), Power.plannedError(units(task)));
    }
    double sum = errors.values().stream().mapToDouble(error -> error * error).sum();
    return rounded(Power.detectable(Math.sqrt(sum) / errors.size(), level()));
  }

  private static boolean general(TaskRequests task) {
    return task.task().file().labels().general();
  }

  private static long units(TaskRequests task) {
    return task.requests().stream().map(request -> request.doc().unit()).distinct().count();
  }

  private double level() {
    return 1 - plan.run().bootstrap().confidence();
  }

  private String sentence(
      List<ModelPart> models, Double hours, Double detectable, List<TaskPart> tasks) {
    long most = models.stream().mapToLong(ModelPart::bytes).max().orElse(0);
    var text =
        String.format(
            Locale.ROOT,
            "%d models, %,d questions to ask, %,d tokens to feed in %s, needs %s%s GiB a device%s",
            models.size(),
            models.stream().mapToLong(ModelPart::questions).sum(),
            models.stream().mapToLong(ModelPart::tokens).sum(),
            plan.type().name().toLowerCase(Locale.ROOT),
            Fit.gib(most),
            room == null ? "" : " of " + Fit.gib(room),
            room == null ? ifShared() : shared(models));
    if (hours != null) {
      text +=
          hours < 1
              ? String.format(
                  Locale.ROOT, ", about %.0f minutes (%s)", Math.ceil(60 * hours), basis(models))
              : String.format(Locale.ROOT, ", about %.1f hours (%s)", hours, basis(models));
    }
    if (detectable != null) {
      text +=
          String.format(
              Locale.ROOT,
              "; an overall difference of %.3f will show, of a single task %.3f (%s) at the worst",
              detectable,
              tasks.getFirst().detectable(),
              tasks.getFirst().name());
    }
    return text + ".";
  }

  /** Where the memory of a device is not known: what sharing would bring. */
  private String ifShared() {
    int devices = plan.placement().devices().size();
    long most =
        plan.models().stream()
            .filter(model -> model.needs() != null)
            .mapToLong(model -> plan.fit(model).bytes(devices))
            .max()
            .orElse(0);
    return devices == 1
        ? ""
        : ", or %s of each of %d that share a model's layers".formatted(Fit.gib(most), devices);
  }

  private static String shared(List<ModelPart> models) {
    return models.stream()
        .filter(ModelPart::spread)
        .map(model -> ", the layers of %s over %d".formatted(model.name(), model.devices()))
        .collect(Collectors.joining());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
