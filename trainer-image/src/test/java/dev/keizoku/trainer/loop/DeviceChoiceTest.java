package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which GPUs the ranks get, and how much of each, as if so many were here. */
class DeviceChoiceTest {
  private static final long GIB = 1L << 30;
  @TempDir static Path root;
  private static TinyJob job;

  @BeforeAll
  static void writeInputs() {
    job = new TinyJob(root, 4, 1, 5);
  }

  private static TrainRun run(String type, String precision) {
    return job.copy(Map.of("parallelism.deviceType", type, "precision", precision));
  }

  private static RunDevices machine(int gpus, int capability, String named) {
    return new RunDevices(gpus, gpu -> gpu == gpus - 1 ? capability : 90, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 90 |         | fp32 | DevicesMissing | parallelism.devices is 4 but 3 GPUs are here",
        "3 | 90 | 0,1,2,3 | fp32 | DevicesMissing | names GPU 3 but 3 GPUs are here",
        "3 | 90 | 0,1,2   | fp32 | DevicesMissing | a GPU for each of the 4 ranks",
        "3 | 90 | 0,1,2,x | fp32 | DevicesMissing | a GPU for each of the 4 ranks",
        "0 | 90 | 0,0,0,0 | fp32 | DevicesMissing | names GPU 0 but 0 GPUs are here",
        "4 | 75 |         | bf16 | DeviceTooOld   | GPU 3 has compute capability 7.5",
        "2 | 61 | 0,0,0,1 | bf16 | DeviceTooOld   | GPU 1 has compute capability 6.1",
      })
  void refused(
      int gpus, int capability, String named, String precision, String reason, String sentence) {
    assertThatThrownBy(() -> machine(gpus, capability, named).devices(run("auto", precision)))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason().word()).isEqualTo(reason);
              assertThat(fault).hasMessageContaining(sentence);
              assertThat(fault.getMessage()).endsWith(".");
            });
  }

  @Test
  void aCardMayBeNamedTwice() {
    assertThat(machine(2, 90, "0,0,1,1").devices(run("gpu", "bf16")))
        .containsExactly(Device.gpu(0), Device.gpu(0), Device.gpu(1), Device.gpu(1));
  }

  @Test
  void anOldCardDoesFp32() {
    assertThat(machine(4, 61, null).devices(run("gpu", "fp32")))
        .containsExactly(Device.gpu(0), Device.gpu(1), Device.gpu(2), Device.gpu(3));
  }

  @Test
  void gpusThatAreHereAreNotLookedAtForCpuRanks() {
    assertThat(machine(4, 61, null).devices(run("cpu", "bf16"))).containsOnly(Device.cpu());
    assertThat(machine(0, 0, null).devices(run("auto", "bf16"))).containsOnly(Device.cpu());
  }

  @Test
  void theFullestCardIsTheLimitAndRanksOnOneShareIt() {
    var devices = machine(2, 90, "0,1,1,1").devices(run("gpu", "bf16"));
    var machine = new Machine(1, GIB);
    assertThat(machine.room(devices, gpu -> gpu == 0 ? 70 * GIB : 60 * GIB).usableBytes())
        .isEqualTo(20 * GIB);
    assertThat(machine.room(devices, gpu -> gpu == 0 ? 10 * GIB : 60 * GIB).usableBytes())
        .isEqualTo(10 * GIB);
  }
}
