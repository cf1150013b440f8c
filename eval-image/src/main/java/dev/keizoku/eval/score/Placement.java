package dev.keizoku.eval.score;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.DeviceMap;
import dev.keizoku.llm.torch.DataType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where and how models are run, the same for all models of a run but for the last.
 *
 * @param devices of one kind
 * @param type of the parameters in memory
 * @param threads that feed a device at once
 * @param addBosToken whether texts begin with BOS; null: what each model's tokenizer does itself
 * @param devicesPerCopy of a model: 1, or more of them in a row for one that is larger than one
 */
public record Placement(
    List<Device> devices, DataType type, int threads, Boolean addBosToken, int devicesPerCopy) {

  /** A whole copy on each device. */
  public Placement(List<Device> devices, DataType type, int threads, Boolean addBosToken) {
    this(devices, type, threads, addBosToken, 1);
  }

  /** An accelerator is fed by one thread; on a CPU each core that the pod may use has its own. */
  public static Placement on(List<Device> devices, DataType type, Boolean addBosToken) {
    int threads = devices.getFirst().isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
    return new Placement(devices, type, threads, addBosToken);
  }

  /** The same with copies over so many devices each. */
  public Placement over(int devicesPerCopy) {
    return new Placement(devices, type, threads, addBosToken, devicesPerCopy);
  }

  /** The same in another number type. */
  public Placement in(DataType other) {
    return new Placement(devices, other, threads, addBosToken, devicesPerCopy);
  }

  /** Whether it is on processors. */
  public boolean host() {
    return !devices.getFirst().isGpu();
  }

  /**
   * Threads that use a copy at once: accelerators in a row have one for each of them, so that all
   * of them have something to do; the cores of a CPU are as many whatever lies on them.
   */
  int threadsPerCopy() {
    return host() ? threads : threads * devicesPerCopy;
  }

  /** What a model takes of each device of a copy. */
  public List<ScoringMemory> memory(ModelConfig config) {
    return new ScoringMemory(config, type, host(), threadsPerCopy()).over(devicesPerCopy);
  }

  /** The devices of each copy of a model; those that are too few for one more stay idle. */
  List<DeviceMap> copies(ModelConfig config) {
    var layers = memory(config).stream().map(ScoringMemory::layers).toList();
    return IntStream.range(0, devices.size() / devicesPerCopy)
        .map(copy -> copy * devicesPerCopy)
        .mapToObj(from -> new DeviceMap(devices.subList(from, from + devicesPerCopy), layers))
        .toList();
  }
}
