package dev.keizoku.trainer.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.trainer.data.PackedSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model's sizes and what is put through it, as {@code dev/gpu/shapes.json} has them for both
 * sides.
 *
 * @param name for instance {@code 0.5B}
 * @param config the model's {@code config.json}
 * @param length tokens of a sequence
 * @param microBatch sequences that go through the model together
 * @param batch sequences of a step
 * @param warmUp steps that are not timed
 * @param steps steps that are
 */
record Shape(
    String name,
    Map<String, Object> config,
    int length,
    int microBatch,
    int batch,
    int warmUp,
    int steps) {

  /** The shapes of a file. */
  static List<Shape> read(Path file) throws IOException {
    return List.of(new JsonMapper().readValue(file.toFile(), Shape[].class));
  }

  CausalLm model() {
    return new CausalLm(ModelConfig.of(config));
  }

  /** The same with fewer layers. */
  CausalLm model(int layers) {
    var fewer = new LinkedHashMap<>(config);
    fewer.put("num_hidden_layers", layers);
    return new CausalLm(ModelConfig.of(fewer));
  }

  /** A batch of random tokens, one document a sequence. */
  List<PackedSequence> randomBatch() {
    var random = new Random(9);
    var vocabulary = model().config().vocabularySize();
    var sequences = new ArrayList<PackedSequence>();
    for (var i = 0; i < batch; i++) {
      var stream = random.ints(length + 1L, 0, vocabulary).toArray();
      sequences.add(
          new PackedSequence(
              Arrays.copyOf(stream, length),
              Arrays.copyOfRange(stream, 1, length + 1),
              List.of(new Segment(0, length)),
              0));
    }
    return sequences;
  }
}
