package dev.keizoku.eval.plan;

import ai.djl.Device;
import dev.keizoku.eval.score.DecoderPool;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.generate.RowReader;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.RandomWeights;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Times this machine's processors with one and with two of a model's layers, random weights and a
 * small vocabulary: what a layer adds is taken times the layers, and what a token of the vocabulary
 * costs times the vocabulary. No weight is read, and only seconds are spent.
 *
 * @param type number type of the run
 * @param threads that feed at once
 * @param nanoTime a clock
 */
public record SpeedTrial(DataType type, int threads, LongSupplier nanoTime) {
  /** Where the hours are from, in words. */
  public static final String BASIS = "timed here with 1 and 2 layers, to be taken roughly";

  private static final int TOKENS = 128;
  private static final int FEW_ROWS = 1;
  private static final int MANY_ROWS = 65;
  private static final int VOCABULARY = 8192;
  private static final int PASSES = 3;
  private static final double DEVIATION = 0.02;

  /** Of more parameters a pass takes too long to be tried. */
  private static final long MOST_IN_A_LAYER = 40_000_000;

  /**
   * Seconds that a model takes for all that it is asked; empty for one too large to be tried.
   *
   * @param json its {@code config.json}
   */
  public OptionalDouble seconds(Map<String, Object> json, ModelNeeds needs) {
    var one = new Small(config(json, 1, needs.config()));
    long layer = 4L * one.config.hiddenSize() * one.config.queryWidth();
    if (layer + 3L * one.config.hiddenSize() * one.config.intermediateSize() > MOST_IN_A_LAYER) {
      return OptionalDouble.empty();
    }
    double[] ofOne = one.passes(FEW_ROWS, MANY_ROWS);
    double first = ofOne[0];
    double perLayer =
        Math.max(0, new Small(config(json, 2, needs.config())).passes(FEW_ROWS)[0] - first);
    double perRow = Math.max(0, ofOne[1] - first) / (MANY_ROWS - FEW_ROWS);
    double pass = first + (needs.config().layers() - 1) * perLayer;
    double row = perRow * needs.config().vocabularySize() / one.config.vocabularySize();
    return OptionalDouble.of(
        (needs.tokens() * pass / TOKENS + needs.predictions() * row) / threads);
  }

  private static ModelConfig config(Map<String, Object> json, int layers, ModelConfig whole) {
    var small = new LinkedHashMap<>(json);
    small.put("num_hidden_layers", layers);
    small.put("vocab_size", Math.min(VOCABULARY, whole.vocabularySize()));
    return ModelConfig.of(small);
  }

  private final class Small {
    private final ModelConfig config;

    Small(ModelConfig config) {
      this.config = config;
    }

    /** Seconds of passes that ask for so many rows, while all threads make them. */
    double[] passes(int... rows) {
      try (var model =
          LoadedModel.load(config, new RandomWeights(0, DEVIATION), Device.cpu(), type)) {
        var pool = new DecoderPool(List.of(model), threads);
        return Arrays.stream(rows).mapToDouble(count -> pass(pool, count)).toArray();
      }
    }

    private double pass(DecoderPool pool, int rows) {
      Function<Decoder, Double> work = decoder -> fastest(decoder.inFixedShapes(), rows);
      return pool.run(Collections.nCopies(threads, work)).stream()
          .mapToDouble(Double::doubleValue)
          .max()
          .orElseThrow();
    }

    private double fastest(Decoder decoder, int rows) {
      int[] tokens = new Random(0).ints(TOKENS, 0, config.vocabularySize()).toArray();
      int[] wanted = IntStream.range(TOKENS - rows, TOKENS).toArray();
      var asked = Collections.nCopies(rows, new int[] {0});
      var cache = decoder.cache(TOKENS);
      var reader = new RowReader(decoder, reading -> {});
      double fastest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < PASSES; i++) {
        long start = nanoTime.getAsLong();
        cache.cut(0);
        reader.feed(List.of(new Chunk(cache, tokens, wanted)), asked);
        reader.finish();
        fastest = Math.min(fastest, (nanoTime.getAsLong() - start) / 1e9);
      }
      return fastest;
    }
  }
}
