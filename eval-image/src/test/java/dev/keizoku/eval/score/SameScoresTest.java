package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A score depends on the model and on what it is asked, to the last bit: not on what else is asked,
 * in which order, in batches of which size, and by how many threads and devices.
 */
class SameScoresTest {
  private static final Path MODEL = Path.of("src/test/resources/models/base");
  private static final int SHUFFLES = 100;

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aScoreIsTheSameInAnyCompany(DataType type) {
    var all = requests();
    var random = new Random(5);
    var alone = new IdentityHashMap<Request, double[]>();
    try (var one = load(type, 1, 1);
        var two = load(type, 1, 2);
        var devices = load(type, 2, 1)) {
      var models = List.of(one, two, devices);
      all.forEach(request -> alone.putAll(scores(one, List.of(request), 1)));
      for (int round = 0; round < SHUFFLES; round++) {
        var some = new ArrayList<>(all);
        Collections.shuffle(some, random);
        some.subList(1 + random.nextInt(all.size()), all.size()).clear();
        var model = models.get(random.nextInt(models.size()));
        int batchTokens = 1 << random.nextInt(13);
        scores(model, some, batchTokens)
            .forEach(
                (request, values) ->
                    assertThat(values)
                        .as("%d requests, %d tokens a batch", some.size(), batchTokens)
                        .isEqualTo(alone.get(request)));
      }
    }
  }

  private static Map<Request, double[]> scores(
      EvaluatedModel model, List<Request> requests, int batchTokens) {
    var task =
        TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 1).getFirst().with(requests);
    var scores = new ChoiceScorer(model, batchTokens).score(task, done -> {}).logLikelihoods();
    var byRequest = new IdentityHashMap<Request, double[]>();
    for (int i = 0; i < scores.length; i++) {
      byRequest.put(requests.get(i), scores[i]);
    }
    return byRequest;
  }

  /** With common beginnings of all lengths; the longest are cut. */
  private static List<Request> requests() {
    var catalog = TaskCatalog.load();
    var requests = new ArrayList<Request>();
    for (var name : List.of("chabsa", "cma_basics", "fp2")) {
      requests.addAll(TaskRequests.of(catalog.find(name), List.of(), 4).getFirst().requests());
    }
    return requests;
  }

  private static EvaluatedModel load(DataType type, int devices, int threads) {
    var model = new EvalRun.Model("base", StoreUri.of(MODEL).toString(), null);
    var store = StoreRouter.open(null, null);
    return EvaluatedModel.load(
        store,
        model,
        new Placement(Collections.nCopies(devices, Device.cpu()), type, threads, null),
        new SharedTokenizer());
  }
}
