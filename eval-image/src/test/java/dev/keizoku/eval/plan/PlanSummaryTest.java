package dev.keizoku.eval.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanSummaryTest {
  private static final Map<String, Object> CONFIG =
      Map.of(
          "model_type", "qwen2",
          "vocab_size", 64,
          "hidden_size", 16,
          "intermediate_size", 32,
          "num_hidden_layers", 1,
          "num_attention_heads", 2,
          "max_position_embeddings", 128);

  private final List<TaskRequests> tasks =
      TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 4);

  /** Nobody waits for the trial of a model that will not be loaded. */
  @Test
  void aModelWithNothingLeftIsNotTimed() {
    var timed = new ArrayList<String>();
    var summary =
        new PlanSummary(
            plan(model("base", 4), model("tuned", 1)),
            null,
            model -> {
              timed.add(model.model().name());
              return OptionalDouble.of(7200);
            },
            "timed");
    var plan = summary.result();
    assertThat(timed).containsExactly("tuned");
    assertThat(plan.models()).extracting("hours").containsExactly(0.0, 1.5);
    assertThat(plan.hours()).isEqualTo(1.5);
    assertThat(plan.summary()).contains("about 1.5 hours (timed)");
  }

  @Test
  void aPlanWithNothingLeftSaysSo() {
    var plan =
        new PlanSummary(plan(model("base", 4)), null, model -> OptionalDouble.empty(), "timed")
            .result();
    assertThat(plan.hours()).isZero();
    assertThat(plan.summary()).contains("about 0 minutes (nothing is left to ask)");
  }

  /** What is written after prompts nobody keeps: the model is loaded for it, and has to fit. */
  @Test
  void aModelThatOnlyWritesNeedsRoomToo() {
    var done = plan(model("base", 4));
    assertThat(done.loads(done.models().getFirst())).isFalse();
    done.requireRoom(1);
    var writes = plan(new Generation(List.of("円安"), 8, null, null), model("base", 4));
    assertThat(writes.loads(writes.models().getFirst())).isTrue();
    assertThatThrownBy(() -> writes.requireRoom(1)).hasMessageContaining("base needs ");
    var told = new PlanSummary(writes, 1L, model -> OptionalDouble.empty(), "timed").result();
    assertThat(told.fits()).isFalse();
  }

  private EvaluationPlan plan(PlannedModel... models) {
    return plan(null, models);
  }

  private EvaluationPlan plan(Generation generation, PlannedModel... models) {
    var placement = new Placement(List.of(Device.cpu()), DataType.FLOAT32, 1, null);
    return new EvaluationPlan(
        MadeEvaluation.run("mine", 200, generation, null), tasks, List.of(models), placement);
  }

  /**
   * @param known questions of 4 that it was asked before
   */
  private PlannedModel model(String name, int known) {
    var items = new TaskItems(tasks.getFirst(), Map.of());
    tasks.getFirst().requests().stream()
        .limit(known)
        .forEach(
            request -> {
              int choices = request.choices().size();
              var score = new ItemScore(new double[choices], new boolean[choices], null, false);
              items.put(items.key(request), score);
            });
    return new PlannedModel(
        new EvalRun.Model(name, "file:///" + name, null),
        new ScoredModel(name, "file:///" + name, "ab"),
        new ModelNeeds(ModelConfig.of(CONFIG), DataType.FLOAT32, 100, 1000, 100),
        ModelKey.of("ab", "FLOAT32", null, "cpu"),
        List.of(items));
  }
}
