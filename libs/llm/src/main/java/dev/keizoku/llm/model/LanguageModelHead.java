package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;

/**
 * Final norm, output layer and cross-entropy. The loss is computed a few rows at a time, forward
 * and backward together, so that the whole [tokens, vocabulary] matrix never exists. Suffixes: T
 * tokens, C rows of a chunk, V vocabulary, D hidden size.
 */
public final class LanguageModelHead {
  private static final String NORM = "model.norm.weight";
  // A chunk of logits stays near 16 MiB of fp32.
  private static final long CHUNK_ELEMENTS = 1L << 22;
  private final ModelConfig config;

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
    try (var scope = hiddenTD.memory().scope()) {
      var normed = norm(hiddenTD, head).output();
      var logits = Linear.forward(normed, output(head, embedding), null);
      return scope.keep(Casts.to(logits, DataType.FLOAT32));
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
            var logProbabilities = logProbabilities(normed.narrow(0, start, rows), weight);
            pick(logProbabilities, targets, start, losses);
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
   * @param gradients accumulators of the parameters
   */
  public LossGradient lossGradient(
      Tensor hiddenTD, int[] targets, double scale, Pair weights, Pair gradients) {
    var memory = hiddenTD.memory();
    try (var scope = memory.scope()) {
      var norm = norm(hiddenTD, weights.head());
      var weight = output(weights.head(), weights.embedding());
      var gradWeight = output(gradients.head(), gradients.embedding());
      var gradNormed = memory.empty(norm.output().type(), hiddenTD.shape());
      var losses = new float[targets.length];
      forEachChunk(
          targets.length,
          (start, rows) -> {
            var x = norm.output().narrow(0, start, rows);
            var logitsCV = logProbabilities(x, weight);
            pick(logitsCV, targets, start, losses);
            softmaxGradient(logitsCV, targets, start, scale);
            var dLogits = Casts.to(logitsCV, x.type());
            AtenCalls.mm(gradNormed.narrow(0, start, rows), dLogits, weight);
            AtenCalls.addmm(gradWeight, gradWeight, dLogits.t(), x, 1, 1);
          },
          hiddenTD);
      var gradient =
          RmsNorm.backward(
              gradNormed,
              hiddenTD,
              norm.scale(),
              weights.head().get(NORM),
              gradients.head().get(NORM));
      return new LossGradient(losses, scope.keep(gradient));
    }
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
    var step = (int) Math.max(16, CHUNK_ELEMENTS / config.vocabularySize());
    for (var start = 0; start < tokens; start += step) {
      try (var scope = like.memory().scope()) {
        chunk.run(start, Math.min(step, tokens - start));
      }
    }
  }

  private static Tensor logProbabilities(Tensor xCD, Tensor weight) {
    var logits = Casts.to(Linear.forward(xCD, weight, null), DataType.FLOAT32);
    AtenCalls.logSoftmax(logits, logits);
    return logits;
  }

  private static void pick(Tensor logProbabilitiesCV, int[] targets, int start, float[] losses) {
    var memory = logProbabilitiesCV.memory();
    var rows = (int) logProbabilitiesCV.dim(0);
    var picked = memory.empty(DataType.FLOAT32, rows, 1);
    AtenCalls.gather(picked, logProbabilitiesCV, index(targets, start, rows, memory));
    var values = HostCopy.floats(picked);
    for (var i = 0; i < rows; i++) {
      losses[start + i] = targets[start + i] < 0 ? 0 : -values[i];
    }
  }

  // softmax - onehot(target), scaled; rows that are not scored become 0.
  private static void softmaxGradient(Tensor logsCV, int[] targets, int start, double scale) {
    var memory = logsCV.memory();
    var rows = (int) logsCV.dim(0);
    var minusOne = new float[rows];
    var rowScale = new float[rows];
    for (var i = 0; i < rows; i++) {
      minusOne[i] = -1;
      rowScale[i] = targets[start + i] < 0 ? 0 : (float) scale;
    }
    AtenCalls.expInPlace(logsCV);
    AtenCalls.scatterAddInPlace(
        logsCV, index(targets, start, rows, memory), memory.of(minusOne, rows, 1));
    AtenCalls.mul(logsCV, logsCV, memory.of(rowScale, rows, 1));
  }

  private static Tensor index(int[] targets, int start, int rows, DeviceMemory memory) {
    var index = new long[rows];
    for (var i = 0; i < rows; i++) {
      index[i] = Math.max(0, targets[start + i]);
    }
    return memory.of(index, rows, 1);
  }
}
