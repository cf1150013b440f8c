package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.program.device.DeviceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that {@code dev/gpu/check.sh} starts on the machine with the device. */
@Command(name = "gpu-check", description = "Checks training on a device.")
public final class GpuCheck implements java.util.concurrent.Callable<Integer> {
  @Option(names = "--device", required = true, description = "cpu, or gpu:0.")
  String deviceName;

  @Option(names = "--families", description = "Models with transformers' values.")
  Path families;

  @Option(names = "--shapes", description = "A file of shapes.")
  Path shapes;

  @Option(names = "--results", required = true, description = "JSON lines, added to.")
  Path results;

  @Option(names = "--seconds", defaultValue = "300", description = "No check begins after them.")
  double seconds;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "operators,families,ranks,speed,times",
      description = "What is checked.")
  List<String> only;

  @Option(names = "--kind", defaultValue = "", description = "The card's product name.")
  String kind;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new GpuCheck()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var device = device();
    var report = new CheckReport(results, seconds);
    System.out.printf(
        "device %s, %d CUDA devices, libtorch of %s%n", device, Gpus.count(), libraries());
    if (only.contains("operators")) {
      new OperatorChecks(device).run(report);
    }
    if (only.contains("families")) {
      new FamilyChecks(device, families).run(report);
    }
    if (only.contains("ranks")) {
      new RankChecks(device).run(report);
    }
    if (only.contains("speed")) {
      var checks = new ShapeChecks(device, peakTeraFlops());
      for (var shape : Shape.read(shapes)) {
        checks.run(report, shape);
      }
    }
    if (only.contains("times")) {
      for (var shape : Shape.read(shapes)) {
        new TimeChecks(device).run(report, shape);
      }
    }
    System.out.println("program " + report.totals());
    return report.totals().get("FAIL") == 0 ? 0 : 1;
  }

  private Device device() {
    if (deviceName.equals("cpu")) {
      return Device.cpu();
    }
    var number = Integer.parseInt(deviceName.substring("gpu:".length()));
    if (number >= Gpus.count()) {
      throw new IllegalArgumentException(
          "there is no %s: %d devices are here".formatted(deviceName, Gpus.count()));
    }
    return Device.gpu(number);
  }

  private double peakTeraFlops() {
    return DeviceKind.ofProduct(kind.replace(' ', '-')).map(DeviceKind::bf16TeraFlops).orElse(0.0);
  }

  // The files of libtorch that this process really has in memory.
  private static List<String> libraries() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.matches(".*/libtorch_c(pu|uda)\\.so"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    }
  }
}
