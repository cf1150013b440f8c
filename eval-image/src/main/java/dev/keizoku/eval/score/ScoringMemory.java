package dev.keizoku.eval.score;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.torch.DataType;

/**
 * What scoring takes of a device's memory, bytes.
 *
 * @param config the model
 * @param type of its parameters in memory
 * @param host on processors, not on a GPU
 * @param threads that feed at once
 */
public record ScoringMemory(ModelConfig config, DataType type, boolean host, int threads) {
  private static final long FP32 = 4;

  /** The parameters. */
  public long weights() {
    long elements =
        ModelLayout.of(config).units().stream().mapToLong(ParameterUnit::elements).sum();
    return elements * type.bytes();
  }

  /** Keys and values of a token that is held. */
  public long heldToken() {
    return 2L * config.layers() * config.keyValueWidth() * type.bytes();
  }

  /**
   * What comes and goes while tokens are fed: in a layer the residual stream twice and a norm's
   * work (fp32), its normed input, queries, keys and values before and after rotation, the
   * attention's output, and of the MLP gate, up and their product; then a few rows of the residual
   * stream that wait and their norm, and of them what exists of the vocabulary, once as it comes
   * and once in fp32.
   *
   * @param tokens fed at a time, by all threads
   */
  public long pass(long tokens) {
    long q = config.queryWidth();
    long k = config.keyValueWidth();
    long layer =
        FP32 * 4 * config.hiddenSize()
            + type.bytes()
                * (2L * config.hiddenSize() + 3 * q + 4 * k + 3L * config.intermediateSize());
    long rows = (long) Decoder.rowsAtOnce(host) * threads;
    long columns = Decoder.columnsAtOnce(config, host);
    return tokens * layer
        + rows * (FP32 * 2 * config.hiddenSize() + columns * (FP32 + type.bytes()));
  }

  /**
   * All of it.
   *
   * @param passTokens fed at a time
   * @param heldTokens whose keys and values are held
   */
  public long total(long passTokens, long heldTokens) {
    return weights() + pass(passTokens) + heldTokens * heldToken();
  }
}
