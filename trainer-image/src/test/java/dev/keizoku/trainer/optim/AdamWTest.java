package dev.keizoku.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against PyTorch; the values are made by {@code src/test/reference/adamw.py}. */
class AdamWTest {
  private static final Optimizer SETTINGS = new Optimizer(0.9, 0.95, 1e-8, 0.1, 0.0);
  private static final ParameterUnit UNIT =
      new ParameterUnit(
          "unit",
          List.of(
              new ParameterSpec("m.weight", new long[] {5, 8}, 0),
              new ParameterSpec("m.norm.weight", new long[] {24}, 40)));

  private static float[] floats(JsonNode pair) {
    var values = new ArrayList<Float>();
    pair.get(0).forEach(v -> values.add((float) v.asDouble()));
    pair.get(1).forEach(v -> values.add((float) v.asDouble()));
    var array = new float[values.size()];
    for (var i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(AdamWTest.class.getResourceAsStream("/optim/adamw.json"));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 32, 16, 50})
  void slicesAreUpdatedAsPyTorchUpdatesTheWhole(int sliceLength) throws IOException {
    assertIsUpdated(sliceLength, golden(), -1, "result");
  }

  @Test
  void aStepThatIsLeftOutCorrectsNoMoment() throws IOException {
    var golden = golden();
    assertIsUpdated(64, golden, golden.get("leftOut").asInt(), "resultWithout");
  }

  private static void assertIsUpdated(
      int sliceLength, JsonNode golden, int leftOut, String result) {
    try (var memory = new DeviceMemory(Device.cpu())) {
      var values = memory.of(floats(golden.get("start")), 64);
      var gradients = memory.zeros(DataType.FLOAT32, 64);
      var slices = new ArrayList<AdamW.Slice>();
      for (var start = 0; start < 64; start += sliceLength) {
        var length = Math.min(sliceLength, 64 - start);
        slices.add(
            new AdamW.Slice(
                UNIT, start, values.narrow(0, start, length), gradients.narrow(0, start, length)));
      }
      var optimizer = new AdamW(SETTINGS, slices, memory);
      var updates = 0;
      for (var step = 0; step < 5; step++) {
        if (step == leftOut) {
          continue;
        }
        HostCopy.write(gradients, 0, floats(golden.get("gradients").get(step)));
        for (var slice = 0; slice < slices.size(); slice++) {
          optimizer.update(slice, updates, 1e-2 / (step + 1));
        }
        updates++;
      }
      var expected = floats(golden.get(result));
      var actual = HostCopy.floats(values);
      for (var i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
      }
    }
  }
}
