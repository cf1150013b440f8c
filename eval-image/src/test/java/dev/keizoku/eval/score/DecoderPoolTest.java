package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;

class DecoderPoolTest {
  private static final Path MODEL = Path.of("src/test/resources/models/base");
  private static final int THREADS = 4;

  /** Whichever of the threads sees the stop, the work ends as a stop: exit 143, not 75. */
  @RepeatedTest(10)
  void aStopOfOneThreadIsTheStopOfAll() {
    var task = TaskRequests.of(TaskCatalog.load().find("chabsa"), List.of(), 60).getFirst();
    var told = new AtomicInteger();
    try (var model = load()) {
      var scorer = new ChoiceScorer(model, 256);
      assertThatThrownBy(
              () ->
                  scorer.score(
                      task,
                      done -> {
                        if (told.incrementAndGet() == 3) {
                          throw new StopSignal.Stopped();
                        }
                      }))
          .isInstanceOf(StopSignal.Stopped.class);
    }
  }

  private static EvaluatedModel load() {
    var model = new EvalRun.Model("base", StoreUri.of(MODEL).toString(), null);
    return EvaluatedModel.load(
        StoreRouter.open(null, null),
        model,
        new Placement(List.of(Device.cpu()), DataType.FLOAT32, THREADS, null),
        new SharedTokenizer());
  }
}
