package dev.keizoku.program.device;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A kind of accelerator, from {@code devices.yaml} beside this class.
 *
 * @param name for instance {@code H100-80GB}
 * @param memoryMiB as {@code nvidia-smi} shows it
 * @param reservedMiB not for tensors: the CUDA context, cuBLAS workspaces, what the allocator
 *     cannot use
 * @param bf16TeraFlops dense peak, without sparsity
 * @param fp32TeraFlops peak of fp32 matrix products as ATen does them by default (no TF32)
 * @param assumedUtilization fraction of the peak that one card reaches in training; an assumption
 * @param linkedUtilization the same of each of several cards, which wait for each other's numbers
 * @param products values of the node label {@code nvidia.com/gpu.product} that mean it
 * @param source of the numbers
 */
public record DeviceKind(
    String name,
    long memoryMiB,
    long reservedMiB,
    double bf16TeraFlops,
    double fp32TeraFlops,
    double assumedUtilization,
    double linkedUtilization,
    List<String> products,
    String source) {

  /** All kinds of the table, in its order. */
  public static List<DeviceKind> table() {
    try (var in = DeviceKind.class.getResourceAsStream("devices.yaml")) {
      return new YAMLMapper().readValue(in, new TypeReference<List<DeviceKind>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The kind of a name, letter case aside.
   *
   * @throws RunFault user error {@code DeviceUnknown} that lists the names there are
   */
  public static DeviceKind named(String name) {
    return table().stream()
        .filter(kind -> kind.name.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                RunFault.userError(
                    Reason.DEVICE_UNKNOWN,
                    "There is no device '%s' in the table; name one of %s."
                        .formatted(
                            name,
                            String.join(", ", table().stream().map(DeviceKind::name).toList()))));
  }

  /** The kind that a node's label names; empty for one that is not in the table. */
  public static Optional<DeviceKind> ofProduct(String label) {
    return table().stream().filter(kind -> kind.products.contains(label)).findFirst();
  }

  /** Fraction of the peak that each of so many cards is expected to reach. */
  public double utilization(int devices) {
    return devices == 1 ? assumedUtilization : linkedUtilization;
  }

  /** Bytes for tensors. */
  public long usableBytes() {
    return (memoryMiB - reservedMiB) << 20;
  }
}
