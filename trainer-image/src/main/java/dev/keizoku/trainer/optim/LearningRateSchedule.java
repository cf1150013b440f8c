package dev.keizoku.trainer.optim;

import dev.keizoku.contract.train.Training;
import dev.keizoku.contract.train.Training.Schedule;
import java.util.Locale;
import java.util.Optional;

/**
 * The learning rate of each step: a linear warm-up from 0 to the peak, then one of four forms down
 * to the floor.
 *
 * @param form linear, cosine, constant, or warm-up-stable-decay (the last fifth decays linearly)
 * @param peak highest rate
 * @param floor rate at the end
 * @param warmupSteps steps of warm-up, 0 or more
 * @param totalSteps steps in all
 */
public record LearningRateSchedule(
    Schedule form, double peak, double floor, long warmupSteps, long totalSteps) {
  private static final double STABLE_SHARE = 0.8;

  /** The schedule of a run of that many steps; linear unless the run says otherwise. */
  public static LearningRateSchedule of(Training training, long totalSteps) {
    return new LearningRateSchedule(
        training.schedule() == null ? Schedule.LINEAR : training.schedule(),
        training.learningRate(),
        training.minLearningRate(),
        training.warmupSteps(),
        totalSteps);
  }

  /**
   * What to say of a warm-up that does not end before the run does; empty when it ends. It is no
   * error: a trial of a few steps keeps the warm-up of the long run. transformers'
   * get_linear_schedule_with_warmup takes it silently, DeepSpeed's WarmupDecayLR warns,
   * Megatron-LM's assertion stops such trials.
   */
  public Optional<String> tooLongWarmup() {
    return warmupSteps < totalSteps
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The warm-up of %d steps outlasts the run of %d: the learning rate ends at %.3g and"
                    + " never reaches %.3g; lower warmupSteps unless this is a trial.",
                warmupSteps,
                totalSteps,
                at(totalSteps - 1),
                peak));
  }

  /** The rate of a step, counted from 0; the warm-up's first step is one above 0. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / (warmupSteps + 1);
    }
    var span = Math.max(1, totalSteps - warmupSteps);
    var progress = Math.min(1, (double) (step - warmupSteps) / span);
    var share =
        switch (form) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - progress;
          case COSINE -> (1 + Math.cos(Math.PI * progress)) / 2;
          case WSD -> progress < STABLE_SHARE ? 1 : (1 - progress) / (1 - STABLE_SHARE);
        };
    return floor + (peak - floor) * share;
  }
}
