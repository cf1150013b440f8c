package dev.keizoku.trainer.plan;

import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.trainer.plan.memory.MemoryPlan;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the setting that fits when the one asked for does not: the one that is expected to cost
 * least speed. The learning (global batch, sequence length, precision) stays as it is.
 *
 * @param layout the model
 * @param globalBatchSize sequences a step, a multiple of micro-batch size times devices
 * @param deviceBytes what a rank may use
 */
public record Fit(ModelLayout layout, int globalBatchSize, long deviceBytes) {
  // Expected factors on the time of a step; only their order matters.
  private static final double STAGE_3 = 1.15;
  private static final double RECOMPUTE = 1.33;
  private static final double HALF_MICRO_BATCH = 1.05;
  private static final double HOST_OPTIMIZER = 1.6;
  private static final int MOST_DEVICES = 1024;

  /** Whether a setting fits. */
  public boolean fits(Setting setting) {
    return MemoryPlan.of(layout, setting).deviceBytes() <= deviceBytes;
  }

  /** The fastest setting that fits on the same devices; empty when none does. */
  public Optional<Setting> propose(Setting asked) {
    return candidates(asked).stream()
        .filter(this::fits)
        .min(Comparator.comparingDouble(candidate -> cost(asked, candidate)));
  }

  /** The least number of devices (a doubling of those asked for) on which the leanest one fits. */
  public OptionalInt devices(Setting asked) {
    for (int n = asked.devices(); n <= MOST_DEVICES; n *= 2) {
      if (fits(asked.with(n, 3, 1, true, !asked.cpuRanks()))) {
        return OptionalInt.of(n);
      }
    }
    return OptionalInt.empty();
  }

  /** Every setting that needs no more than the one asked for. */
  private List<Setting> candidates(Setting asked) {
    var all = new ArrayList<Setting>();
    for (int stage = asked.zeroStage(); stage <= 3; stage++) {
      for (int micro = asked.microBatchSize(); micro >= 1; micro--) {
        if (globalBatchSize % (micro * asked.devices()) == 0) {
          addVariants(all, asked, stage, micro);
        }
      }
    }
    return all;
  }

  private static void addVariants(List<Setting> all, Setting asked, int stage, int micro) {
    for (var recompute : choices(asked.activationCheckpointing())) {
      for (var offload : choices(asked.offloadOptimizer())) {
        all.add(asked.with(asked.devices(), stage, micro, recompute, offload));
      }
    }
  }

  private static boolean[] choices(boolean already) {
    return already ? new boolean[] {true} : new boolean[] {false, true};
  }

  private static double cost(Setting asked, Setting candidate) {
    var halvings =
        Math.log((double) asked.microBatchSize() / candidate.microBatchSize()) / Math.log(2);
    var cost = Math.pow(HALF_MICRO_BATCH, halvings);
    cost *= candidate.zeroStage() == 3 ? STAGE_3 : 1;
    cost *= candidate.activationCheckpointing() ? RECOMPUTE : 1;
    cost *= candidate.offloadOptimizer() ? HOST_OPTIMIZER : 1;
    // Between equals the one that changes least.
    return cost + 1e-6 * (candidate.zeroStage() - asked.zeroStage());
  }
}
