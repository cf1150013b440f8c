package dev.keizoku.trainer.plan;

import dev.keizoku.contract.train.Training.Precision;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as people read it, one fact a line. */
public final class PlanText {
  private final StringBuilder text = new StringBuilder();

  private PlanText() {}

  /** The whole plan. */
  public static String of(TrainingPlan plan) {
    var out = new PlanText();
    out.head(plan);
    out.memory(plan);
    out.length(plan);
    out.storage(plan.storage());
    return out.text.toString();
  }

  /** Bytes in GiB with one decimal, two below 10. */
  static String gib(long bytes) {
    var gib = bytes / (double) (1L << 30);
    return format(gib < 9.995 ? "%.2f" : "%.1f", gib);
  }

  private void head(TrainingPlan plan) {
    var config = plan.layout().config();
    var setting = plan.setting();
    var batch = plan.run().training().globalBatchSize();
    line(
        "model",
        "%s parameters, %d layers, vocabulary %,d",
        count(config.parameters()),
        config.layers(),
        config.vocabularySize());
    line(
        "devices",
        "%d x %s, ZeRO stage %d, %s%s%s",
        setting.devices(),
        plan.room().map(Room::name).orElse("device"),
        setting.zeroStage(),
        setting.precision() == Precision.BF16 ? "bf16" : "fp32",
        setting.activationCheckpointing() ? ", activation checkpointing" : "",
        setting.offloadOptimizer() ? ", optimizer state in host memory" : "");
    line(
        "batch",
        "%d sequences of %,d tokens = %d devices x %d a micro-batch x %d accumulation steps",
        batch,
        setting.sequenceLength(),
        setting.devices(),
        setting.microBatchSize(),
        batch / (setting.devices() * setting.microBatchSize()));
  }

  private void memory(TrainingPlan plan) {
    text.append("memory a device at the fullest moment, GiB\n");
    for (var part : plan.memory().parts()) {
      row(part.name(), part.bytes(), "");
    }
    var needed = plan.memory().deviceBytes();
    row("total", needed, "");
    plan.room()
        .ifPresent(
            room -> {
              var free = room.usableBytes() - needed;
              var verdict = free >= 0 ? "%s free".formatted(gib(free)) : "does not fit";
              row("usable", room.usableBytes(), "  " + verdict);
            });
    if (plan.offloaded() > 0) {
      row("host memory, all", plan.offloaded(), "");
    }
  }

  private void length(TrainingPlan plan) {
    var length = plan.length();
    line("length", "%,d steps of %,d tokens", length.steps(), length.tokensPerStep());
    line("tokens", "%s in all", count(length.tokens()));
    if (!plan.passes().isEmpty()) {
      line("data", "%s", passes(plan.passes()));
    }
    plan.speed()
        .ifPresent(
            speed -> {
              var hours = speed.hours(length.tokens());
              line("speed", "%,.0f tokens/s (%s)", speed.tokensPerSecond(), speed.basis());
              var devices = plan.setting().devices();
              line(
                  "time",
                  plan.setting().cpuRanks() ? "%s" : "%s, %,.1f GPU-hours",
                  duration(hours),
                  hours * devices);
            });
    plan.schedule().tooLongWarmup().ifPresent(why -> line("warning", "%s", why));
  }

  private void storage(StoragePlan storage) {
    line(
        "disk",
        "%s GiB on the scratch volume%s",
        gib(storage.scratchBytes()),
        storage.inMemory() ? "" : ", a checkpoint of it");
    line(
        "network",
        "%s GiB to read before the first step (%s), %s GiB to write in all",
        gib(storage.reads().bytes()),
        time(storage.loadSeconds()),
        gib(storage.writtenBytes()));
    line(
        "saving",
        "%s GiB a checkpoint, copied to %s: the devices wait %s%s, its upload takes %s",
        gib(storage.checkpointBytes()),
        storage.inMemory() ? "host memory" : "the scratch volume",
        time(storage.stallSeconds()),
        storage.stallPercent().map(p -> format(", %.2f %% of the time", p)).orElse(""),
        time(storage.uploadSeconds()));
    line("", "(%s)", storage.basis());
  }

  private static String time(double seconds) {
    return seconds < 100 ? format("%.1f s", seconds) : format("%,.0f minutes", seconds / 60);
  }

  /** How often each corpus is seen. */
  static String passes(Map<String, Double> corpora) {
    return corpora.entrySet().stream()
        .map(seen -> format("%s %.2f epochs", seen.getKey(), seen.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void line(String name, String pattern, Object... values) {
    text.append(format("%-10s%s%n", name, format(pattern, values)));
  }

  private void row(String name, long bytes, String note) {
    text.append(format("  %-24s%8s%s%n", name, gib(bytes), note));
  }

  /** Hours, or the minutes of a short run. */
  static String duration(double hours) {
    return hours < 1 ? format("%.0f minutes", Math.ceil(hours * 60)) : format("%,.1f hours", hours);
  }

  static String count(long number) {
    if (number >= 1_000_000_000) {
      return format("%.2f billion", number / 1e9);
    }
    return number >= 1_000_000 ? format("%.2f million", number / 1e6) : format("%,d", number);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
