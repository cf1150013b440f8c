package dev.keizoku.llm.torch.library;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * What the last bits of a result depend on beside shapes and the order of sums: the library and the
 * kind of processor that it chooses its code by.
 */
public final class Platform {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Platform() {}

  /** In words: {@code libtorch 2.7.1, AMD EPYC 7B13} or {@code libtorch 2.7.1, CUDA 9.0}. */
  public static String name(Device device) {
    var place = device.isGpu() ? gpu(Gpus.capability(device.getDeviceId())) : processor(PROCESSORS);
    return TorchLibrary.identity() + ", " + place;
  }

  private static String gpu(int capability) {
    return "CUDA %d.%d".formatted(capability / 10, capability % 10);
  }

  /** The model of the processors, by the lines that name it on x86-64 and on arm64. */
  static String processor(Path info) {
    try (var lines = Files.lines(info)) {
      var named =
          lines
              .filter(line -> line.matches("(model name|CPU implementer|CPU part)\\s*:.*"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .distinct()
              .sorted()
              .collect(Collectors.joining(" "));
      return named.isEmpty() ? System.getProperty("os.arch") : named;
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
