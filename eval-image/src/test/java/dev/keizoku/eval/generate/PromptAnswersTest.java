package dev.keizoku.eval.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.eval.Generation.Sampling;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model writes after a prompt follows from the prompt and the settings alone. */
class PromptAnswersTest {
  private static final Path BASE = Path.of("src/test/resources/models/base");
  private static final List<String> PROMPTS = List.of("日本銀行は", "円安", "売上高は前期比で", "", "円安");
  private static final int TOKENS = 10;

  private static EvaluatedModel load(int threads) {
    var store = StoreRouter.open(null, null);
    var model = new EvalRun.Model("base", StoreUri.of(BASE).toString(), null);
    return EvaluatedModel.load(
        store,
        model,
        new Placement(List.of(Device.cpu()), DataType.FLOAT32, threads, null),
        new SharedTokenizer());
  }

  private static Generation generation(Sampling sampling) {
    return new Generation(PROMPTS, TOKENS, sampling, null);
  }

  private static List<PromptAnswer> write(
      EvaluatedModel model, Sampling sampling, List<String> asked) {
    return PromptAnswers.of(model, generation(sampling), asked, null, () -> {});
  }

  @Test
  void theSameSeedGivesTheSameTextsInAnyBatch() {
    var sampling = new Sampling(1.5, 0, 0.95, 7L);
    try (var one = load(1);
        var two = load(2)) {
      for (var asked : new Sampling[] {null, sampling}) {
        var together = write(one, asked, PROMPTS);
        assertThat(write(two, asked, PROMPTS)).isEqualTo(together);
        assertThat(write(two, asked, PROMPTS.reversed())).isEqualTo(together.reversed());
        assertThat(write(one, asked, PROMPTS.subList(2, 3))).containsExactly(together.get(2));
        // The same prompt is drawn the same, wherever it stands.
        assertThat(together.get(4)).isEqualTo(together.get(1));
      }
      var greedy = write(one, null, PROMPTS);
      assertThat(write(one, sampling, PROMPTS)).isNotEqualTo(greedy);
      assertThat(write(one, new Sampling(1.5, 0, 0.95, 8L), PROMPTS))
          .isNotEqualTo(write(one, sampling, PROMPTS));
      assertThat(write(one, new Sampling(1.5, 1, 1.0, 8L), PROMPTS)).isEqualTo(greedy);
      assertThat(greedy).extracting(PromptAnswer::ended).contains(false);
    }
  }

  @Test
  void whatWasThoughtFirstIsNoAnswer() {
    try (var model = load(1)) {
      var whole = write(model, null, PROMPTS).getFirst().text();
      var mark = whole.substring(2, 3);
      var answer =
          PromptAnswers.of(model, generation(null), PROMPTS, mark, () -> {}).getFirst().text();
      assertThat(whole).endsWith(answer);
      assertThat(answer.length()).isLessThan(whole.length() - 2);
      assertThat(answer).doesNotContain(mark);
    }
  }
}
