package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sharded, as flat buffers that all ranks of the process see whole while each owns and
 * counts its slice: parameters in stage 3, sums of gradients from stage 2 on. Only for ranks that
 * all compute in host memory: to them gathering is a pointer, and nothing is copied between them.
 */
final class SharedUnits implements AutoCloseable {
  private final DeviceMemory memory = new DeviceMemory(Device.cpu());
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();

  /** Nothing is shared: ranks copy from each other. */
  static SharedUnits none() {
    return new SharedUnits();
  }

  private SharedUnits() {}

  /** Buffers for what {@code settings} shard. */
  SharedUnits(ShardLayout layout, RankSettings settings) {
    for (var unit = 0; unit < layout.units().size(); unit++) {
      var length = layout.paddedLength(unit);
      if (settings.stage().shardsParameters()) {
        parameters.add(memory.zeros(settings.type(), length));
      }
      if (settings.stage().shardsGradients()) {
        gradients.add(memory.zeros(DataType.FLOAT32, length));
      }
    }
  }

  /** Whether {@link #parameters} can be asked. */
  boolean haveParameters() {
    return !parameters.isEmpty();
  }

  /** A unit's parameters, [padded length]. */
  Tensor parameters(int unit) {
    return parameters.get(unit);
  }

  /** Whether {@link #gradients} can be asked. */
  boolean haveGradients() {
    return !gradients.isEmpty();
  }

  /** A unit's sums of gradients, [padded length] fp32. */
  Tensor gradients(int unit) {
    return gradients.get(unit);
  }

  @Override
  public void close() {
    memory.close();
  }
}
