package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.model.attention.FixedShapes;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;

/**
 * Final norm, output layer and cross-entropy. The loss is computed a few rows at a time, forward
 * and backward together, so that the whole [tokens, vocabulary] matrix never exists. Suffixes: T
 * tokens, C rows of a chunk, V vocabulary, D hidden size.
 */
public final class LanguageModelHead {
  private static final String NORM = "model.norm.weight";
  // In host memory a chunk of logits stays near 16 MiB of fp32, on a GPU near 256 MiB; but each
  // chunk passes once over the whole matrix of the output layer, so it has this many rows at least.
  private static final long HOST_CHUNK = 1L << 22;
  private static final long GPU_CHUNK = 1L << 26;
  private static final long LEAST_ROWS = 256;
  private final ModelConfig config;

  /**
   * Rows C whose logits exist at once, of a batch that has as many.
   *
   * @param host in host memory, not on a GPU
   */
  public static int chunkRows(ModelConfig config, boolean host) {
    return (int) Math.max(LEAST_ROWS, (host ? HOST_CHUNK : GPU_CHUNK) / config.vocabularySize());
  }

  LanguageModelHead(ModelConfig config) {
    this.config = config;
  }

  /** The output matrix [V, D]: the head's own, or the embedding's when they are tied. */
  Tensor output(UnitTensors head, UnitTensors embedding) {
    return config.tiedEmbeddings()
        ? embedding.get("embed_tokens.weight")
        : head.get("lm_head.weight");
  }

  /**
   * Logits of every token.
   *
   * @param hiddenTD residual stream after the last block, fp32
   * @return [T, V] fp32
   */
  public Tensor logits(Tensor hiddenTD, UnitTensors head, UnitTensors embedding) {
    return logits(hiddenTD, head, embedding, FixedShapes.NONE);
  }

  /** The same with products of those shapes. */
  public Tensor logits(
      Tensor hiddenTD, UnitTensors head, UnitTensors embedding, FixedShapes shapes) {
    try (var scope = hiddenTD.memory().scope()) {
      var normed = norm(hiddenTD, head).output();
      var logits = Linear.forward(normed, output(head, embedding), null, shapes);
      return scope.keep(logits.as(DataType.FLOAT32));
    }
  }

  /** Takes some columns of the logits. */
  @FunctionalInterface
  public interface Columns {
    /**
     * Is given them.
     *
     * @param logits [T, C] fp32, freed afterwards
     * @param first number of the first column
     */
    void take(Tensor logits, int first);
  }

  /**
   * The same, so many columns after another that they stay in a processor's cache.
   *
   * @param count columns at a time
   */
  public void logits(
      Tensor hiddenTD, Pair weights, FixedShapes shapes, int count, Columns columns) {
    try (var scope = hiddenTD.memory().scope()) {
      var normed = norm(hiddenTD, weights.head()).output();
      var weight = output(weights.head(), weights.embedding());
      for (var first = 0; first < weight.dim(0); first += count) {
        try (var block = hiddenTD.memory().scope()) {
          var part = weight.narrow(0, first, Math.min(count, weight.dim(0) - first));
          var logits = Linear.forward(normed, part, null, shapes);
          columns.take(logits.as(DataType.FLOAT32), first);
        }
      }
    }
  }

  private RmsNorm.State norm(Tensor hiddenTD, UnitTensors head) {
    return RmsNorm.forward(hiddenTD, head.get(NORM), config.normEpsilon(), head.flat().type());
  }

  /**
   * Negative log-likelihood of each target, in nats.
   *
   * @param targets the token after each row; below 0 is not scored
   * @return one number a row, 0 where nothing is scored
   */
  public float[] losses(Tensor hiddenTD, int[] targets, UnitTensors head, UnitTensors embedding) {
    try (var scope = hiddenTD.memory().scope()) {
      var normed = norm(hiddenTD, head).output();
      var losses = new float[targets.length];
      var weight = output(head, embedding);
      forEachChunk(
          targets.length,
          (start, rows) -> {
            var logits = Linear.forward(normed.narrow(0, start, rows), weight, null);
            crossEntropy(logits, targets, start, 1, losses);
          },
          hiddenTD);
      return losses;
    }
  }

  /**
   * Loss and gradient in one pass.
   *
   * @param losses of each row, as {@link #losses} gives them
   * @param gradient of the residual stream, [T, D] fp32
   */
  public record LossGradient(float[] losses, Tensor gradient) {}

  /**
   * Losses, and the gradient of {@code scale x} their sum.
   *
   * @param targets the token after each row; below 0 is not scored
   * @param gradients accumulators of the parameters; fp32 ones take each chunk as it is, bf16 ones
   *     would round after each
   */
  public LossGradient lossGradient(
      Tensor hiddenTD, int[] targets, double scale, Pair weights, Pair gradients) {
    var memory = hiddenTD.memory();
    try (var scope = memory.scope()) {
      var norm = norm(hiddenTD, weights.head());
      var weight = output(weights.head(), weights.embedding());
      var gradWeight = output(gradients.head(), gradients.embedding());
      var blank = (config.tiedEmbeddings() ? gradients.embedding() : gradients.head()).isBlank();
      var gradNormed = memory.empty(norm.output().type(), hiddenTD.shape());
      var losses = new float[targets.length];
      forEachChunk(
          targets.length,
          (start, rows) -> {
            var x = norm.output().narrow(0, start, rows);
            var logits = Linear.forward(x, weight, null);
            crossEntropy(logits, targets, start, scale, losses);
            AtenCalls.mm(gradNormed.narrow(0, start, rows), logits, weight);
            accumulate(gradWeight, logits, x, blank && start == 0);
          },
          hiddenTD);
      var gradient =
          RmsNorm.backward(
              gradNormed,
              new Kernels.Norm(hiddenTD, norm.scale()),
              weights.head().get(NORM),
              gradients.head().sum(NORM),
              null);
      return new LossGradient(losses, scope.keep(gradient));
    }
  }

  // Products come in the type of their factors; over the chunks they are summed in the type of the
  // accumulator, a few rows of it at a time.
  private void accumulate(Tensor gradWeightVD, Tensor gradLogitsCV, Tensor xCD, boolean blank) {
    if (gradWeightVD.type() == xCD.type()) {
      Linear.accumulate(gradLogitsCV, xCD, gradWeightVD, null, blank);
      return;
    }
    var memory = xCD.memory();
    var vocabulary = gradWeightVD.dim(0);
    var step = productElements(config, memory.isHost()) / config.hiddenSize();
    try (var scope = memory.scope()) {
      var product = memory.empty(xCD.type(), step, xCD.dim(1));
      for (long first = 0; first < vocabulary; first += step) {
        var rows = Math.min(step, vocabulary - first);
        var part = product.narrow(0, 0, rows);
        AtenCalls.mm(part, gradLogitsCV.narrow(1, first, rows).t(), xCD);
        var sum = gradWeightVD.narrow(0, first, rows);
        if (blank) {
          AtenCalls.copy(sum, part);
        } else {
          Kernels.on(sum).add(sum, sum, part);
        }
      }
    }
  }

  /**
   * Elements of the product that is added to fp32 gradients of the output layer at a time; {@code
   * host} as for {@link #chunkRows}.
   */
  public static long productElements(ModelConfig config, boolean host) {
    long width = config.hiddenSize();
    var rows = (host ? HOST_CHUNK : GPU_CHUNK) / width;
    return Math.clamp(rows, 1, config.vocabularySize()) * width;
  }

  /**
   * The two units that the head may use.
   *
   * @param head its own
   * @param embedding the embedding's, for a tied output layer
   */
  public record Pair(UnitTensors head, UnitTensors embedding) {}

  private interface Chunk {
    void run(int start, int rows);
  }

  private void forEachChunk(int tokens, Chunk chunk, Tensor like) {
    var step = chunkRows(config, like.memory().isHost());
    for (var start = 0; start < tokens; start += step) {
      try (var scope = like.memory().scope()) {
        chunk.run(start, Math.min(step, tokens - start));
      }
    }
  }

  // Turns the logits of a chunk into their gradient and puts down its losses.
  private static void crossEntropy(
      Tensor logitsCV, int[] targets, int start, double scale, float[] losses) {
    var part = Arrays.copyOfRange(targets, start, start + (int) logitsCV.dim(0));
    var values = Kernels.on(logitsCV).crossEntropy(logitsCV, part, scale);
    System.arraycopy(values, 0, losses, start, part.length);
  }
}
