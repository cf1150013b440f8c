package dev.keizoku.trainer.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @SuppressWarnings("unchecked")
  private static Samples of(SamplePrompts prompts) throws IOException {
    var file = Path.of("src/test/resources/plan/paper-run.yaml").toFile();
    var fields = new LinkedHashMap<String, Object>(YAML.readValue(file, Map.class));
    fields.put("samplePrompts", prompts);
    return Samples.of(YAML.convertValue(fields, TrainRun.class));
  }

  @Test
  void aPromptIsATokenACharacter() throws IOException {
    var named = new SamplePrompts(List.of("\u58f2\u4e0a\u9ad8", ""), 7);
    assertThat(of(named)).isEqualTo(new Samples(List.of(3, 1), 7));
    assertThat(of(new SamplePrompts(null, 0))).isEqualTo(Samples.NONE);
    assertThat(of(null).promptTokens()).hasSize(10);
    assertThat(of(new SamplePrompts(null, 32)).promptTokens()).hasSize(10);
  }

  @Test
  void promptsAreSharedOutInTurnAndCutToThePositions() {
    var samples = new Samples(List.of(5, 900, 7, 2), 300);
    var setting = new Setting(2, 3, 1, 2048, true, false, Precision.BF16, false, samples);
    var share = SampleMemory.of(PlannedModels.small("llama", 2).config(), setting);
    // 512 positions: 256 of them are written at most.
    assertThat(share.prompts()).containsExactly(256, 2);
    assertThat(share.newTokens()).isEqualTo(256);
  }
}
