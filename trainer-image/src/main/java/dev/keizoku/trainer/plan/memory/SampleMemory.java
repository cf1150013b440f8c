package dev.keizoku.trainer.plan.memory;

import dev.keizoku.llm.config.ModelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes that a device needs to write its share of the sample texts: the prompts go through the
 * model together, then a token of each at a time, which needs less.
 *
 * @param config the model
 * @param prompts tokens of each prompt
 * @param newTokens written after each
 * @param elementBytes 2 or 4
 */
record SampleMemory(ModelConfig config, List<Integer> prompts, int newTokens, long elementBytes) {
  private static final long FP32 = 4;

  /** The share of the device with most tokens to read; prompt i is device {@code i % devices}'s. */
  static SampleMemory of(ModelConfig config, Setting setting) {
    var samples = setting.samples();
    var written = Samples.written(samples.newTokens(), config.maxPositions());
    var shares = new ArrayList<List<Integer>>();
    for (var device = 0; device < setting.devices(); device++) {
      var own = new ArrayList<Integer>();
      for (var i = device; i < samples.promptTokens().size(); i += setting.devices()) {
        own.add(Math.min(samples.promptTokens().get(i), config.maxPositions() - written));
      }
      shares.add(own);
    }
    var most = shares.stream().max(Comparator.comparingLong(SampleMemory::sum)).orElseThrow();
    return new SampleMemory(config, most, written, setting.elementBytes());
  }

  private static long sum(List<Integer> tokens) {
    return tokens.stream().mapToLong(Integer::longValue).sum();
  }

  /** Room for the keys and values of all tokens, read and written, in all layers. */
  long keysAndValues() {
    var tokens = sum(prompts) + (long) prompts.size() * newTokens;
    return tokens * elementBytes * 2 * config.keyValueWidth() * config.layers();
  }

  /** The prompts in a layer: input, output, what is in between, and the activated gate. */
  long layer() {
    var memory = new ActivationMemory(config, sum(prompts), elementBytes, 0, true);
    var projected = elementBytes == FP32 ? 0 : config.hiddenSize();
    var activated = sum(prompts) * elementBytes * (config.intermediateSize() + projected);
    return 2 * memory.layerInput() + memory.layerSaved() + activated;
  }

  /** A mask for each prompt that is longer than the window, and the longest in bf16 too. */
  long windowMasks() {
    var squares =
        prompts.stream()
            .filter(tokens -> tokens > config.window().tokens())
            .mapToLong(tokens -> (long) tokens * tokens)
            .summaryStatistics();
    return squares.getCount() == 0
        ? 0
        : FP32 * squares.getSum() + (elementBytes == FP32 ? 0 : elementBytes * squares.getMax());
  }

  /** A row of logits for each prompt, in bf16 in both types, beside the last layer's output. */
  long logits() {
    var bytes = elementBytes == FP32 ? FP32 : FP32 + elementBytes;
    var row = config.vocabularySize() * bytes + config.hiddenSize() * (FP32 + elementBytes);
    return sum(prompts) * config.hiddenSize() * FP32 + prompts.size() * row;
  }
}
