package dev.keizoku.eval.score;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.DeviceMap;
import dev.keizoku.llm.torch.DataType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What scoring takes of a device's memory, bytes.
 *
 * @param config the model
 * @param type of its parameters in memory
 * @param host on processors, not on a GPU
 * @param threads that feed at once
 * @param layers how many of the model's the device has
 * @param vocabulary whether it has the embedding and the output layer, as {@link DeviceMap} says
 */
public record ScoringMemory(
    ModelConfig config, DataType type, boolean host, int threads, int layers, boolean vocabulary) {
  private static final long FP32 = 4;

  /** A device that has the whole model. */
  public ScoringMemory(ModelConfig config, DataType type, boolean host, int threads) {
    this(config, type, host, threads, config.layers(), true);
  }

  private ScoringMemory with(int count, boolean words) {
    return new ScoringMemory(config, type, host, threads, count, words);
  }

  /**
   * Each of several devices when consecutive layers are spread over them so that the fullest has
   * the least to hold.
   *
   * @param devices how many, at most one more than there are layers
   */
  public List<ScoringMemory> over(int devices) {
    long layer = with(1, false).weights();
    var bytes = new long[devices];
    bytes[0] = with(0, true).total(0, 0);
    var counts = new int[devices];
    for (int i = 0; i < layers; i++) {
      int emptiest = 0;
      for (int device = 1; device < devices; device++) {
        emptiest = bytes[device] < bytes[emptiest] ? device : emptiest;
      }
      bytes[emptiest] += layer;
      counts[emptiest]++;
    }
    return IntStream.range(0, devices).mapToObj(i -> with(counts[i], i == 0)).toList();
  }

  /** The parameters. */
  public long weights() {
    var units = ModelLayout.of(config).units();
    long elements = layers * units.get(1).elements();
    if (vocabulary) {
      elements += units.getFirst().elements() + units.getLast().elements();
    }
    return elements * type.bytes();
  }

  /** Keys and values of a token that is held. */
  public long heldToken() {
    return 2L * layers * config.keyValueWidth() * type.bytes();
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
    long rows = vocabulary ? (long) Decoder.rowsAtOnce(host) * threads : 0;
    long columns = Decoder.columnsAtOnce(config, host);
    return tokens * layer
        + rows * (FP32 * 2 * config.hiddenSize() + columns * (FP32 + type.bytes()));
  }

  /**
   * Tokens that texts which are being written may have together: each is fed once, and held.
   *
   * @param room bytes that the device has
   */
  long writable(long room) {
    long left = room - weights() - pass(0);
    return Math.max(0, left) / (heldToken() + pass(1) - pass(0));
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
