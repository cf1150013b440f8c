package dev.keizoku.trainer.plan;

import dev.keizoku.contract.result.PlanResult;
import dev.keizoku.contract.result.PlanResult.CorpusPasses;
import dev.keizoku.contract.result.PlanResult.MemoryPart;
import java.util.Locale;

/** A plan as the operator reads it: the numbers of {@link PlanText}, rounded to what they are. */
public final class PlanSummary {
  private PlanSummary() {}

  /** The contract's record of a plan. */
  public static PlanResult of(TrainingPlan plan) {
    var length = plan.length();
    var host = plan.offloaded();
    var hours = plan.speed().map(speed -> speed.hours(length.tokens()));
    boolean gpus = !plan.setting().cpuRanks();
    return new PlanResult(
        sentence(plan),
        plan.layout().config().parameters(),
        plan.room().map(Room::name).orElse(null),
        plan.fits().orElse(null),
        plan.memory().deviceBytes(),
        plan.room().map(Room::usableBytes).orElse(null),
        plan.memory().parts().stream().map(p -> new MemoryPart(p.name(), p.bytes())).toList(),
        host > 0 ? host : null,
        length.steps(),
        length.tokens(),
        plan.passes().isEmpty()
            ? null
            : plan.passes().entrySet().stream()
                .map(seen -> new CorpusPasses(seen.getKey(), hundredths(seen.getValue())))
                .toList(),
        plan.speed().map(speed -> tenths(speed.tokensPerSecond())).orElse(null),
        plan.speed().map(Speed::basis).orElse(null),
        hours.map(h -> h < 10 ? Math.round(h * 1000) / 1000.0 : tenths(h)).orElse(null),
        hours.filter(h -> gpus).map(h -> tenths(h * plan.setting().devices())).orElse(null),
        storage(plan.storage()));
  }

  private static PlanResult.StorageUse storage(StoragePlan storage) {
    return new PlanResult.StorageUse(
        storage.scratchBytes(),
        storage.reads().bytes(),
        storage.writtenBytes(),
        hundredths(storage.loadSeconds()),
        storage.checkpointBytes(),
        storage.inMemory(),
        hundredths(storage.stallSeconds()),
        hundredths(storage.uploadSeconds()),
        storage.stallPercent().map(PlanSummary::hundredths).orElse(null),
        storage.basis());
  }

  private static String sentence(TrainingPlan plan) {
    var text = new StringBuilder();
    text.append("Needs %s GiB a device".formatted(PlanText.gib(plan.memory().deviceBytes())));
    plan.room()
        .ifPresent(
            room ->
                text.append(
                    " (%s has %s)".formatted(room.name(), PlanText.gib(room.usableBytes()))));
    text.append(
        String.format(
            Locale.ROOT,
            ", %,d steps, %s tokens",
            plan.length().steps(),
            PlanText.count(plan.length().tokens())));
    plan.speed()
        .ifPresent(
            speed ->
                text.append(", ").append(PlanText.duration(speed.hours(plan.length().tokens()))));
    if (!plan.passes().isEmpty()) {
      text.append("; ").append(PlanText.passes(plan.passes()));
    }
    text.append('.');
    plan.schedule().tooLongWarmup().ifPresent(why -> text.append(' ').append(why));
    return text.toString();
  }

  private static double hundredths(double number) {
    return Math.round(number * 100) / 100.0;
  }

  private static double tenths(double number) {
    return Math.round(number * 10) / 10.0;
  }
}
