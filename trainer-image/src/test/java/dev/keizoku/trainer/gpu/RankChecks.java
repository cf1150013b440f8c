package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small model trained for some steps: one rank against four of the same device in every ZeRO
 * stage, and each run twice to the same bits.
 */
final class RankChecks {
  private static final int STEPS = 4;
  private static final int VOCABULARY = 300;
  private static final RandomWeights START = new RandomWeights(7, 0.05);
  private final Device device;

  RankChecks(Device device) {
    this.device = device;
  }

  private static CausalLm model() {
    return new CausalLm(
        ModelConfig.of(
            Map.of(
                "model_type", "qwen2",
                "vocab_size", VOCABULARY,
                "hidden_size", 256,
                "intermediate_size", 320,
                "num_hidden_layers", 3,
                "num_attention_heads", 4,
                "num_key_value_heads", 2,
                "tie_word_embeddings", true)));
  }

  /** Makes them all. */
  void run(CheckReport report) {
    for (var stage = 0; stage <= 3; stage++) {
      var zero = stage;
      report.check(
          "four ranks as one, ZeRO-%d FP32".formatted(zero), () -> asOne(zero, Precision.FP32));
    }
    report.check("four ranks as one, ZeRO-3 BF16", () -> asOne(3, Precision.BF16));
    report.check("checkpointed and offloaded as not, BF16", this::asPlain);
    for (var precision : Precision.values()) {
      report.check("the same bits twice, one rank " + precision, () -> twice(1, 0, precision));
      report.check(
          "the same bits twice, four ranks, ZeRO-3 " + precision, () -> twice(4, 3, precision));
    }
  }

  private double[] losses(int ranks, int stage, Precision precision) {
    return CheckRun.tiny(device, ranks, stage, precision).losses(model(), START, batches());
  }

  // Neither running blocks again nor where the optimizer is changes a number that matters.
  private Finding asPlain() {
    var run = new CheckRun(device, 1, 0, Precision.BF16, true, true, 1, 4, 64);
    return compared(
        losses(1, 0, Precision.BF16), run.losses(model(), START, batches()), Precision.BF16);
  }

  private Finding asOne(int stage, Precision precision) {
    return compared(losses(1, 0, precision), losses(4, stage, precision), precision);
  }

  private static Finding compared(double[] one, double[] four, Precision precision) {
    var worst = 0.0;
    for (var i = 0; i < STEPS; i++) {
      worst = Math.max(worst, Math.abs(one[i] - four[i]) / one[i]);
    }
    var allowed = precision == Precision.FP32 ? 1e-5 : 2e-3;
    return new Finding(
        worst <= allowed && one[STEPS - 1] < one[0],
        "losses %.5f to %.5f, differ by %.1e, %.1e allowed"
            .formatted(one[0], one[STEPS - 1], worst, allowed),
        Map.of("difference", worst));
  }

  private Finding twice(int ranks, int stage, Precision precision) {
    var first = losses(ranks, stage, precision);
    var second = losses(ranks, stage, precision);
    return Finding.of(
        Arrays.equals(first, second),
        "%s and %s".formatted(Arrays.toString(first), Arrays.toString(second)));
  }

  // Learnable: most tokens are followed by their double. Two documents a sequence.
  private static List<List<PackedSequence>> batches() {
    var random = new Random(3);
    var steps = new ArrayList<List<PackedSequence>>();
    for (var step = 0; step < STEPS; step++) {
      var batch = new ArrayList<PackedSequence>();
      for (var i = 0; i < 4; i++) {
        batch.add(sequence(random));
      }
      steps.add(batch);
    }
    return steps;
  }

  private static PackedSequence sequence(Random random) {
    var length = 64;
    var stream = new int[length + 1];
    stream[0] = random.nextInt(VOCABULARY);
    for (var j = 1; j <= length; j++) {
      stream[j] =
          random.nextInt(4) == 0 ? random.nextInt(VOCABULARY) : 2 * stream[j - 1] % VOCABULARY;
    }
    var targets = Arrays.copyOfRange(stream, 1, length + 1);
    var border = 10 + random.nextInt(40);
    targets[border - 1] = -1;
    return new PackedSequence(
        Arrays.copyOf(stream, length),
        targets,
        List.of(new Segment(0, border), new Segment(border, length - border)),
        0);
  }
}
