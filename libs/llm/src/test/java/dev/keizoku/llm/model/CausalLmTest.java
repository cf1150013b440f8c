package dev.keizoku.llm.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CausalLmTest {
  private static final int TOKENS = 64;

  private static CausalLm model(int layers) {
    return new CausalLm(
        ModelConfig.of(
            Map.of(
                "model_type", "llama",
                "vocab_size", 40,
                "hidden_size", 64,
                "intermediate_size", 96,
                "num_hidden_layers", layers,
                "num_attention_heads", 4)));
  }

  private static UnitTensors zeros(ParameterUnit unit, DeviceMemory memory) {
    return new UnitTensors(unit, memory.zeros(DataType.FLOAT32, unit.elements()));
  }

  /** Bytes that inference takes at its fullest beside the weights. */
  private static long inference(int layers) {
    var model = model(layers);
    try (var memory = new DeviceMemory(Device.cpu())) {
      var units = model.layout().units().stream().map(u -> zeros(u, memory)).toList();
      var context = SequenceContext.of(List.of(new Segment(0, TOKENS)), model.config(), memory);
      var ids = memory.of(new long[TOKENS], TOKENS);
      var before = memory.allocatedBytes();
      var hidden = model.hidden(ids, context, units::get);
      assertThat(memory.allocatedBytes() - before).isEqualTo(4 * hidden.elements());
      return memory.peakBytes() - before;
    }
  }

  @Test
  void inferenceKeepsNoLayersOutputLongerThanTheNextNeedsIt() {
    assertThat(inference(8)).isEqualTo(inference(2));
  }

  @Test
  void whatWentOverDevicesComesHomeAndLeavesNothingThere() {
    var model = model(3);
    try (var home = new DeviceMemory(Device.cpu())) {
      var away = List.of(home.beside(Device.cpu()), home.beside(Device.cpu()));
      IntFunction<DeviceMemory> memories =
          unit -> unit == 2 ? away.get(0) : unit == 3 ? away.get(1) : home;
      var units =
          IntStream.rangeClosed(0, model.headUnit())
              .mapToObj(i -> zeros(model.layout().units().get(i), memories.apply(i)))
              .toList();
      var weights = away.get(0).allocatedBytes();
      var context = SequenceContext.of(List.of(new Segment(0, TOKENS)), model.config(), home);
      try (var scope = home.scope()) {
        var hidden = model.hidden(home.of(new long[TOKENS], TOKENS), context, units::get, memories);
        assertThat(hidden.memory()).isSameAs(home);
      }
      // A layer's input and output, at least.
      var stream = 4L * TOKENS * model.config().hiddenSize();
      for (var memory : away) {
        assertThat(memory.allocatedBytes()).isEqualTo(weights);
        assertThat(memory.peakBytes()).isGreaterThan(weights + 2 * stream);
      }
    }
  }
}
