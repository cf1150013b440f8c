package dev.keizoku.trainer.plan;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.program.device.DeviceKind;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.Locale;

/**
 * How fast a run is expected to be.
 *
 * @param tokensPerSecond of all devices together, above 0
 * @param basis where the number is from
 */
public record Speed(double tokensPerSecond, String basis) {

  /** A speed that somebody measured. */
  public static Speed measured(double tokensPerSecond) {
    return new Speed(tokensPerSecond, "as given");
  }

  /** The speed that the table's assumed utilization gives. */
  public static Speed assumed(ModelLayout layout, Setting setting, DeviceKind device) {
    var peak =
        setting.precision() == Precision.BF16 ? device.bf16TeraFlops() : device.fp32TeraFlops();
    var utilization = device.utilization(setting.devices());
    var flops = peak * 1e12 * utilization * setting.devices();
    var basis =
        String.format(
            Locale.ROOT, "assumed: %.0f %% of %.0f TFLOP/s a device", 100 * utilization, peak);
    return new Speed(flops / flopsPerToken(layout, setting), basis);
  }

  /**
   * Floating-point operations of matrix products a token, forward, backward and, with activation
   * checkpointing, forward again. 2 a weight and pass (the embedding is looked up, not multiplied);
   * causal attention 2 x sequence length x query width a layer and pass; the backward pass counts
   * as two. Source: Kaplan et al. 2020, table 1; Narayanan et al. 2021, appendix.
   */
  public static double flopsPerToken(ModelLayout layout, Setting setting) {
    var config = layout.config();
    var lookedUp =
        config.tiedEmbeddings() ? 0 : (double) config.vocabularySize() * config.hiddenSize();
    var weights = config.parameters() - lookedUp;
    var attention = (double) setting.sequenceLength() * config.queryWidth() * config.layers();
    var passes = setting.activationCheckpointing() ? 4 : 3;
    return passes * 2 * (weights + attention);
  }

  /** Hours for a number of tokens. */
  public double hours(long tokens) {
    return tokens / tokensPerSecond / 3600;
  }
}
