package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TokenSplit;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchingTest {
  private static final long GIB = 1L << 30;
  private static final Path MODEL = Path.of("src/test/resources/models/base");

  /** A model of 14 billion parameters, heads as many of keys as of queries. */
  private static final ModelConfig LARGE =
      ModelConfig.of(
          Map.of(
              "model_type", "qwen2",
              "vocab_size", 151936,
              "hidden_size", 5120,
              "intermediate_size", 13696,
              "num_hidden_layers", 40,
              "num_attention_heads", 40,
              "num_key_value_heads", 40,
              "max_position_embeddings", 8192,
              "tie_word_embeddings", false));

  /** Texts of 700 tokens of which a step adds about 26. */
  private static ScoringPlan plan() {
    var plan = new ScoringPlan(8192);
    for (int question = 0; question < 2000; question++) {
      var context = new int[700];
      for (int i = 674; i < context.length; i++) {
        context[i] = question + 1;
      }
      plan.add(new TokenSplit(context, new int[] {1}), question, 0, true);
    }
    return plan;
  }

  @ParameterizedTest
  @CsvSource({
    // On a large GPU as many sequences as find room, each with 0.6 GB of keys and values.
    "false, 1, 8192, 75, 86, 86",
    // Where the caches have less room, fewer sequences are held.
    "false, 1, 8192, 40, 21, 21",
    // All threads together feed what is allowed, however many there are.
    "true, 64, 8192, 512, 256, 320",
    // Where there is no room for a sequence of each thread, some threads rest.
    "true, 64, 8192, 48, 30, 40",
    "true, 2, 8192, 512, 38, 40"
  })
  void aPassIsFilledAndMemoryIsBounded(
      boolean host, int threads, int batchTokens, long gib, int least, int most) {
    var memory = new ScoringMemory(LARGE, DataType.BFLOAT16, host, threads);
    var batching = Batching.of(batchTokens, gib * GIB, List.of(memory));
    var lanes = batching.lanes(plan());
    assertThat(batching.passTokens() * threads).isLessThanOrEqualTo(batchTokens);
    assertThat(lanes).isBetween(least, most);
    long held = (long) lanes * 700;
    assertThat(memory.total((long) batching.passTokens() * threads, held)).isLessThan(gib * GIB);
  }

  @Test
  void oneSequenceGoesWhateverTheRoom() {
    var memory = new ScoringMemory(LARGE, DataType.FLOAT32, false, 1);
    assertThat(Batching.of(128, GIB, List.of(memory)).lanes(plan())).isEqualTo(1);
  }

  /** chABSA's steps are short: nearly all passes are full all the same. */
  @Test
  void aLongTaskOfShortStepsFillsItsPasses() {
    var task = TaskRequests.of(TaskCatalog.load().find("chabsa"), List.of(), 300).getFirst();
    var uri = StoreUri.of(MODEL).toString();
    var placement = new Placement(List.of(Device.cpu()), DataType.FLOAT32, 1, null);
    var passes = new AtomicInteger();
    try (var model =
        EvaluatedModel.load(
            StoreRouter.open(null, null),
            new EvalRun.Model("base", uri, null),
            placement,
            new SharedTokenizer())) {
      new ChoiceScorer(model, 256).score(task, done -> passes.incrementAndGet());
      long fed = TaskPlan.of(task, model.reader()).sequences().fed().tokens();
      assertThat((double) fed / passes.get() / 256).isBetween(0.6, 1.0);
    }
  }
}
