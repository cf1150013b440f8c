package dev.keizoku.eval.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitTest {
  private static final Pattern ADVICE =
      Pattern.compile("raise podTemplate.resources.limits.memory to (\\d+)Gi");

  /** The limit that is advised is enough, for large models too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40, 400})
  void thePodThatIsAdvisedHasRoom(int layers) {
    var fit = fit(layers);
    var refused = catchThrowable(() -> fit.require(fit.bytes() - 1));
    assertThat(refused).isInstanceOf(RunFault.class);
    var advice = ADVICE.matcher(refused.getMessage());
    assertThat(advice.find()).as(refused.getMessage()).isTrue();
    long limit = Long.parseLong(advice.group(1)) << 30;
    assertThatCode(() -> fit.require(DeviceRoom.ofPod(limit))).doesNotThrowAnyException();
    assertThat(DeviceRoom.ofPod(limit - (2L << 30))).isLessThan(fit.bytes());
  }

  private static Fit fit(int layers) {
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
    var placement = new Placement(List.of(Device.cpu()), DataType.BFLOAT16, 2, null);
    var needs = new ModelNeeds(config, DataType.BFLOAT16, 1000, 1, 1);
    return new Fit("large", needs, placement, Fit.LEAST_TOKENS);
  }
}
