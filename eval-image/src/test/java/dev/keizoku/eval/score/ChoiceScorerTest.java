package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.RequestBuilder;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against lm-evaluation-harness; the values are made by {@code src/test/reference/likelihoods.py}.
 */
class ChoiceScorerTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({"base, 4096, 1", "base, 1, 2", "tuned, 700, 3"})
  void logLikelihoodsAreThoseOfTheReference(String name, int batchTokens, int threads)
      throws IOException {
    var expected =
        new ObjectMapper().readTree(MODELS.resolve("likelihoods.json").toFile()).get(name);
    var task = goldenRequests();
    var done = new ArrayList<Integer>();
    ChoiceScores scores;
    try (var model = load(name, threads)) {
      scores = new ChoiceScorer(model, batchTokens).score(task, done::add);
    }
    int choices = 0;
    for (int i = 0; i < expected.size(); i++) {
      JsonNode question = expected.get(i);
      for (int choice = 0; choice < question.size(); choice++) {
        assertThat(scores.logLikelihoods()[i][choice])
            .as("request %d, choice %d", i, choice)
            .isCloseTo(question.get(choice).get(0).doubleValue(), within(TOLERANCE));
        assertThat(scores.greedy()[i][choice])
            .isEqualTo(question.get(choice).get(1).booleanValue());
        choices++;
      }
    }
    assertThat(done).isSorted().last().isEqualTo(choices);
  }

  @Test
  void aQuestionThatTheModelCannotTakeIsNamed() {
    var blank = new Request(new Doc(0, "0", Map.of()), "\n", List.of("A"), "", 0);
    var task = TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 1).getFirst();
    var requests = task.with(List.of(blank));
    try (var model = load("base", 1)) {
      var scorer = new ChoiceScorer(model, 100);
      assertThatThrownBy(() -> scorer.score(requests, done -> {}))
          .isInstanceOf(RunFault.class)
          .hasMessageContaining("question 0, choice 0");
    }
  }

  /** All golden requests as if they were one task: what is scored does not depend on it. */
  static TaskRequests goldenRequests() {
    var catalog = TaskCatalog.load();
    var docs = new HashMap<String, List<Doc>>();
    var requests = new ArrayList<Request>();
    for (var golden : Golden.read("requests.json")) {
      var task = catalog.find(golden.get("task").textValue());
      var doc =
          docs.computeIfAbsent(task.name(), key -> task.docs("default"))
              .get(golden.get("index").intValue());
      requests.add(new RequestBuilder(task, golden.get("prompt_version").textValue()).request(doc));
    }
    return TaskRequests.of(catalog.find("fp2"), List.of(), 1).getFirst().with(requests);
  }

  private static EvaluatedModel load(String name, int threads) {
    return load(name, DataType.FLOAT32, threads);
  }

  static EvaluatedModel load(String name, DataType type, int threads) {
    var uri = StoreUri.of(MODELS.resolve(name));
    var store = StoreRouter.open(null, null);
    var model = new EvalRun.Model(name, uri.toString(), null);
    return EvaluatedModel.load(
        store,
        model,
        new Placement(List.of(Device.cpu()), type, threads, null),
        new SharedTokenizer());
  }
}
