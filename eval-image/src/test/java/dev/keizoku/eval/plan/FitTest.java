package dev.keizoku.eval.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {
  private static final Pattern ADVICE =
      Pattern.compile("raise podTemplate.resources.limits.memory to (\\d+)Gi");

  /** The limit that is advised is enough, for large models too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40, 400})
  void thePodThatIsAdvisedHasRoom(int layers) {
    var fit = fit(layers);
    var refused = catchThrowable(() -> fit.require(fit.bytes(1) - 1));
    assertThat(refused).isInstanceOf(RunFault.class);
    var advice = ADVICE.matcher(refused.getMessage());
    assertThat(advice.find()).as(refused.getMessage()).isTrue();
    long limit = Long.parseLong(advice.group(1)) << 30;
    assertThatCode(() -> fit.require(DeviceRoom.ofPod(limit))).doesNotThrowAnyException();
    assertThat(DeviceRoom.ofPod(limit - (2L << 30))).isLessThan(fit.bytes(1));
  }

  /** 14.4 GiB of layers and 2.3 of vocabulary, as GPUs have them. */
  @ParameterizedTest
  @CsvSource({"24, 1", "12, 2", "7, 3", "5, 4"})
  void aModelGoesOverTheFewestDevicesThatHaveRoom(long gib, int devices) {
    var fit = fit(40, Collections.nCopies(8, Device.gpu(0)));
    long room = gib << 30;
    assertThat(fit.devices(room)).isEqualTo(devices);
    assertThat(fit.bytes(devices)).isLessThanOrEqualTo(room);
    assertThatCode(() -> fit.require(room)).doesNotThrowAnyException();
    if (devices > 1) {
      assertThat(fit.bytes(devices - 1)).isGreaterThan(room);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 5 | large needs \\d+.\\d\\d GiB to be scored in bfloat16 with batchTokens 128, and"
            + " gpu\\(0\\) has 5.00; it fits on 4 such devices, or take some with more memory.",
        "3 | 5 | large needs [5-6].\\d\\d GiB of each of 3 devices that share its layers to be scored"
            + " in bfloat16 with batchTokens 128, and gpu\\(0\\) has 5.00; it fits on 4 such"
            + " devices, or take some with more memory.",
        "8 | 1 | .* has 1.00; take devices with more memory."
      })
  void whatIsTooLargeForAllDevicesIsRefused(int devices, long gib, String sentence) {
    var fit = fit(40, Collections.nCopies(devices, Device.gpu(0)));
    assertThat(catchThrowable(() -> fit.require(gib << 30)))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .message()
        .matches(sentence);
  }

  private static Fit fit(int layers) {
    return fit(layers, List.of(Device.cpu()));
  }

  private static Fit fit(int layers, List<Device> devices) {
    var config =
        ModelConfig.of(
            Map.of(
                "model_type", "qwen2",
                "vocab_size", 150_000,
                "hidden_size", 4096,
                "intermediate_size", 12_288,
                "num_hidden_layers", layers,
                "num_attention_heads", 32,
                "num_key_value_heads", 8,
                "max_position_embeddings", 1024));
    var placement =
        new Placement(devices, DataType.BFLOAT16, devices.getFirst().isGpu() ? 1 : 2, null);
    var needs = new ModelNeeds(config, DataType.BFLOAT16, 1000, 1, 1);
    return new Fit("large", needs, placement, Fit.LEAST_TOKENS);
  }
}
