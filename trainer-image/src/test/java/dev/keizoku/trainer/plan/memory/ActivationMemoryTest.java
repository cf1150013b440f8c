package dev.keizoku.trainer.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.LanguageModelHead.Pair;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The formulas against the bytes that the model really takes. What the attention kernel allocates
 * itself is not counted by {@link DeviceMemory}, and is left out of the expectation too.
 */
class ActivationMemoryTest {
  private static final int TOKENS = 256;

  private final DeviceMemory memory = new DeviceMemory(Device.cpu());

  @AfterEach
  void free() {
    memory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "llama, 4, FLOAT32",
    "llama, 2, BFLOAT16",
    "qwen2, 1, FLOAT32",
    "qwen3, 4, BFLOAT16",
    "qwen3, 1, FLOAT32"
  })
  void aLayer(String family, int keyValueHeads, DataType type) {
    var layout = PlannedModels.small(family, keyValueHeads);
    var plan = new ActivationMemory(layout.config(), TOKENS, type.bytes(), TOKENS, true);
    var block = new CausalLm(layout.config()).block(1);
    var weights = unit(layout, 1, type);
    var gradients = unit(layout, 1, type);
    var input = memory.zeros(DataType.FLOAT32, TOKENS, layout.config().hiddenSize());
    var context = SequenceContext.of(List.of(new Segment(0, TOKENS)), layout.config(), memory);

    var before = memory.allocatedBytes();
    var recorded = block.record(input, weights, context);
    var output = recorded.output().elements() * Float.BYTES;
    var saved = memory.allocatedBytes() - before - output;
    long kernelSaved = 4L * TOKENS * layout.config().heads();
    assertThat(saved).isCloseTo(plan.layerSaved() - kernelSaved, withPercentage(12));

    var held = memory.allocatedBytes();
    block.backward(recorded.output(), recorded.state(), context, weights, gradients);
    long kernelGradients = 3L * TOKENS * layout.config().queryWidth() * type.bytes();
    assertThat(memory.peakBytes() - held + output)
        .isCloseTo(plan.layerGradients() - kernelGradients, withPercentage(15));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32", "BFLOAT16"})
  void theHead(DataType type) {
    var layout = PlannedModels.small("llama", 4);
    var plan = new ActivationMemory(layout.config(), TOKENS, type.bytes(), TOKENS, true);
    var model = new CausalLm(layout.config());
    var weights = new Pair(unit(layout, model.headUnit(), type), unit(layout, 0, type));
    // In training they are fp32 whatever the type is.
    var fp32 = DataType.FLOAT32;
    var gradients = new Pair(unit(layout, model.headUnit(), fp32), unit(layout, 0, fp32));
    var hidden = memory.zeros(DataType.FLOAT32, TOKENS, layout.config().hiddenSize());
    var before = memory.allocatedBytes();
    model.head().lossGradient(hidden, new int[TOKENS], 1, weights, gradients);
    var rows = hidden.elements() * Float.BYTES;
    var planned = plan.headRows() + plan.lossWork();
    assertThat(memory.peakBytes() - before + rows).isCloseTo(planned, withPercentage(5));
  }

  private UnitTensors unit(ModelLayout layout, int unit, DataType type) {
    var parameters = layout.units().get(unit);
    return new UnitTensors(parameters, memory.zeros(type, parameters.elements()));
  }
}
