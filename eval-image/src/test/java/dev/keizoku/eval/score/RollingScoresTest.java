package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole documents, against lm-evaluation-harness' loglikelihood_rolling. */
class RollingScoresTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @ParameterizedTest
  @ValueSource(strings = {"base", "tuned"})
  void logLikelihoodsAreThoseOfTheReference(String name) {
    var golden = Golden.read("rolling.json");
    var scores = score(name, documents());
    var wanted = golden.at("/logLikelihoods/" + name);
    for (int i = 0; i < wanted.size(); i++) {
      int tokens = golden.get("tokens").get(i).intValue();
      assertThat(scores.tokens()[i]).isEqualTo(tokens);
      assertThat(scores.logLikelihoods()[i][0])
          .as("document %d of %d tokens", i, tokens)
          .isCloseTo(wanted.get(i).doubleValue(), within(1e-5 * tokens + 1e-4));
    }
    assertThat(scores.cut()).isZero();
  }

  @Test
  void metricsAreThoseOfTheReference() {
    var task = documents();
    var outcomes = score("base", task).outcomes(task.requests());
    double nats = 0;
    double bytes = 0;
    double characters = 0;
    double tokens = 0;
    var golden = Golden.read("rolling.json");
    for (int i = 0; i < outcomes.size(); i++) {
      var text = golden.get("texts").get(i).textValue();
      nats -= golden.at("/logLikelihoods/base").get(i).doubleValue();
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      characters += text.codePointCount(0, text.length());
      tokens += golden.get("tokens").get(i).intValue();
    }
    assertThat(Metric.BITS_PER_BYTE.over(outcomes).score())
        .isCloseTo(nats / bytes / Math.log(2), within(1e-5));
    assertThat(Metric.BYTE_PERPLEXITY.over(outcomes).score())
        .isCloseTo(Math.exp(nats / bytes), within(1e-4));
    assertThat(Metric.BITS_PER_CHAR.over(outcomes).score())
        .isCloseTo(nats / characters / Math.log(2), within(1e-5));
    assertThat(Metric.NATS_PER_TOKEN.over(outcomes).score()).isCloseTo(nats / tokens, within(1e-5));
    assertThat(Metric.BITS_PER_CHAR.over(outcomes).higherIsBetter()).isFalse();
  }

  @Test
  void everyTokenIsPredictedOnce() {
    var done = new ArrayList<Integer>();
    var task = documents();
    try (var model = load("base")) {
      new ChoiceScorer(model, 100).score(task, done::add);
    }
    // A document counts once, in however many windows it is.
    assertThat(done).isSorted().last().isEqualTo(task.requests().size());
  }

  @Test
  void aDocumentScoresTheSameAloneAndInAnyOrder() {
    var task = documents();
    try (var model = load("base")) {
      var together = new ChoiceScorer(model, 1000).score(task, done -> {}).logLikelihoods();
      var reversed = new ChoiceScorer(model, 300).score(of(task.requests().reversed()), done -> {});
      for (int i = 0; i < together.length; i++) {
        assertThat(reversed.logLikelihoods()[together.length - 1 - i]).isEqualTo(together[i]);
      }
      for (int i : List.of(0, 15, 16)) {
        var alone =
            new ChoiceScorer(model, 1000).score(of(List.of(task.requests().get(i))), d -> {});
        assertThat(alone.logLikelihoods()[0]).isEqualTo(together[i]);
      }
    }
  }

  private static TaskRequests of(List<Request> requests) {
    return documents().with(requests);
  }

  private static ChoiceScores score(String name, TaskRequests task) {
    try (var model = load(name)) {
      return new ChoiceScorer(model, 1000).score(task, done -> {});
    }
  }

  private static TaskRequests documents() {
    var docs = new ArrayList<Doc>();
    for (var text : Golden.read("rolling.json").get("texts")) {
      docs.add(new Doc(docs.size(), "" + docs.size(), Map.of("text", text.textValue())));
    }
    var set = new HeldOutText("finance", "file:///corpus/manifest.json", null, null, null);
    return TaskRequests.ofDocuments(HeldOutSet.task(set, null), List.copyOf(docs), null);
  }

  private static EvaluatedModel load(String name) {
    var store = StoreRouter.open(null, null);
    var model = new EvalRun.Model(name, StoreUri.of(MODELS.resolve(name)).toString(), null);
    return EvaluatedModel.load(
        store,
        model,
        new Placement(List.of(Device.cpu()), DataType.FLOAT32, 2, null),
        new SharedTokenizer());
  }
}
