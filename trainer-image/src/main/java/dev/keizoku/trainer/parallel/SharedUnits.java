package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters and sums of gradients as flat buffers that all ranks of the process see whole while
 * each owns and counts its slice. Only for ranks that all compute in host memory: to them gathering
 * is a pointer, and nothing is copied between them, so stages 1 and 2 shard as stage 3 does. Not in
 * stage 0, where every rank updates a copy of its own.
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

  /** Buffers for ranks of these settings; none in stage 0. */
  SharedUnits(ShardLayout layout, RankSettings settings) {
    if (!settings.stage().shardsOptimizer()) {
      return;
    }
    for (var unit = 0; unit < layout.units().size(); unit++) {
      var length = layout.paddedLength(unit);
      parameters.add(memory.zeros(settings.type(), length));
      gradients.add(memory.zeros(DataType.FLOAT32, length));
    }
  }

  /** Whether there are any. */
  boolean exist() {
    return !parameters.isEmpty();
  }

  /** A unit's parameters, [padded length]. */
  Tensor parameters(int unit) {
    return parameters.get(unit);
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
