package dev.keizoku.llm.torch.library;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the last bits of a result depend on beside shapes and the order of sums: the library and the
 * kind of processor that it chooses its code by.
 */
public final class Platform {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Set<String> CHOOSING = Set.of("amx_bf16", "avx2", "avx512f");

  private Platform() {}

  /** In words: {@code libtorch 2.7.1, AMD EPYC 7B13} or {@code libtorch 2.7.1, CUDA 9.0}. */
  public static String name(Device device) {
    var place = device.isGpu() ? gpu(Gpus.capability(device.getDeviceId())) : processor(PROCESSORS);
    return TorchLibrary.identity() + ", " + place;
  }

  private static String gpu(int capability) {
    return "CUDA %d.%d".formatted(capability / 10, capability % 10);
  }

  /**
   * The model of the processors, by the lines that name it on x86-64 and on arm64, and of what one
   * name may have or lack what code is chosen by: a virtual machine's may be as vague as "Xeon".
   */
  static String processor(Path info) {
    try (var lines = Files.lines(info)) {
      var named =
          lines
              .filter(line -> line.matches("(model name|CPU implementer|CPU part|flags)\\s*:.*"))
              .map(Platform::said)
              .filter(said -> !said.isEmpty())
              .distinct()
              .sorted()
              .collect(Collectors.joining(" "));
      return named.isEmpty() ? System.getProperty("os.arch") : named;
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String said(String line) {
    var value = line.substring(line.indexOf(':') + 1).strip();
    return line.startsWith("flags")
        ? Arrays.stream(value.split(" "))
            .filter(CHOOSING::contains)
            .sorted()
            .collect(Collectors.joining(" "))
        : value;
  }
}
