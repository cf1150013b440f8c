package dev.keizoku.trainer.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The device checks that need no Python, rehearsed on a processor. */
class GpuCheckTest {
  @TempDir Path folder;

  @Test
  void everyCheckHoldsOnAProcessor() throws Exception {
    var results = folder.resolve("results.jsonl");
    var code = run("--device", "cpu", "--results", results.toString(), "--only", "operators,ranks");
    assertThat(code).isZero();
    assertThat(Files.readAllLines(results))
        .hasSize(29)
        .allMatch(line -> line.contains("\"verdict\":\"PASS\""));
  }

  @Test
  void theTimeIsKept() throws Exception {
    var results = folder.resolve("results.jsonl");
    run("--device", "cpu", "--results", results.toString(), "--only", "ranks", "--seconds", "0");
    assertThat(Files.readAllLines(results))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"verdict\":\"SKIP\"") && line.contains("time is out"));
  }

  @Test
  void aDeviceThatIsNotThereIsSaid() {
    assertThat(run("--device", "gpu:99", "--results", folder.resolve("r").toString())).isNotZero();
  }

  private static int run(String... arguments) {
    return new CommandLine(new GpuCheck()).execute(arguments);
  }
}
