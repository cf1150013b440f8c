package dev.keizoku.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.torch.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalDevicesTest {

  @ParameterizedTest
  @CsvSource({
    "0, , FLOAT32, cpu()",
    "0, 0, BFLOAT16, cpu()",
    "2, 0, FLOAT32, cpu()",
    "2, , BFLOAT16, gpu(0) gpu(1)",
    "2, 1, FLOAT32, gpu(0)"
  })
  void theDevicesAreThoseAskedFor(int here, Integer asked, DataType type, String devices) {
    assertThat(new EvalDevices(here, gpu -> 90).of(asked, type).stream().map(Device::toString))
        .containsExactly(devices.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, FLOAT32, 90, devices is 1 but 0 GPUs are here",
    "2, 4, FLOAT32, 90, devices is 4 but 2 GPUs are here",
    "1, 1, BFLOAT16, 75, 'GPU 0 has compute capability 7.5, and bfloat16 needs 8.0'"
  })
  void processorsNeverTakeAMissingDevicesPlace(
      int here, int asked, DataType type, int capability, String sentence) {
    var devices = new EvalDevices(here, gpu -> capability);
    assertThatThrownBy(() -> devices.of(asked, type))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContaining(sentence);
  }
}
