package dev.keizoku.llm.generate;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * On which devices a model's layers are: consecutive ones on each. Embedding, final norm and output
 * layer are on the first together, since a tied output layer is the embedding; so the residual
 * stream goes from device to device and comes home. The name is Hugging Face accelerate's.
 *
 * @param devices one or more, in the order in which the stream goes through them; one may come
 *     twice, and then has two parts
 * @param layers how many each has; only the first may have none
 */
public record DeviceMap(List<Device> devices, List<Integer> layers) {

  /** A whole model on one device. */
  public static DeviceMap of(Device device, ModelConfig config) {
    return new DeviceMap(List.of(device), List.of(config.layers()));
  }

  /** The device that has the embedding and the output layer. */
  Device first() {
    return devices.getFirst();
  }

  /**
   * Where a thread has each unit: the embedding, the layers, the head.
   *
   * @param first that thread's memory on {@link #first}, whose scopes the others share
   */
  public List<DeviceMemory> memories(DeviceMemory first) {
    var units = new ArrayList<>(List.of(first));
    for (int i = 0; i < devices.size(); i++) {
      var memory = i == 0 ? first : first.beside(devices.get(i));
      for (int layer = 0; layer < layers.get(i); layer++) {
        units.add(memory);
      }
    }
    units.add(first);
    return units;
  }
}
