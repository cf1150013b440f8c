package dev.keizoku.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.eval.ModelCopy;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is asked twice, whichever run has asked it. */
class ResumedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BASE = Path.of("src/test/resources/models/base");
  private static final Path TUNED = Path.of("src/test/resources/models/tuned");
  private static final int QUESTIONS = 6 + 60;

  @TempDir Path folder;

  /** A clock is read at every question that is done, a second later each time. */
  private static Clock ticking(IntConsumer tick) {
    var count = new AtomicInteger();
    InstantSource source =
        () -> {
          var read = count.incrementAndGet();
          tick.accept(read);
          return Instant.ofEpochSecond(1_800_000_000L + read);
        };
    return source.withZone(ZoneOffset.UTC);
  }

  @Test
  void aRunThatIsStoppedInATaskGoesOnThere() throws IOException {
    evaluate("whole", TUNED, "whole-scores", new StopSignal(), tick -> {});
    for (int at : List.of(20, 100)) {
      var name = "stopped" + at;
      var stop = new StopSignal();
      assertThatThrownBy(
              () ->
                  evaluate(
                      name,
                      TUNED,
                      name + "-scores",
                      stop,
                      tick -> {
                        if (tick == at) {
                          stop.request();
                        }
                      }))
          .isInstanceOf(StopSignal.Stopped.class);
      int before = items(name + "-scores").size();
      assertThat(before).isBetween(1, 2 * QUESTIONS - 1);
      evaluate(name, TUNED, name + "-scores", new StopSignal(), tick -> {});
      // Every item once: what was scored before was not scored again.
      assertThat(items(name + "-scores"))
          .hasSameSizeAs(items("whole-scores"))
          .doesNotHaveDuplicates();
      assertThat(folder.resolve(name + "/samples.jsonl"))
          .hasSameBinaryContentAs(folder.resolve("whole/samples.jsonl"));
      assertThat(scores(name)).isEqualTo(scores("whole"));
    }
  }

  @Test
  void aBaseIsScoredOnceForAllComparisons() throws IOException {
    evaluate("first", TUNED, "scores", new StopSignal(), tick -> {});
    int both = items("scores").size();
    var other = ModelCopy.of(TUNED, folder.resolve("other"), (tensor, value) -> value * 1.01f);
    evaluate("second", other, "scores", new StopSignal(), tick -> {});
    assertThat(items("scores")).hasSize(both + both / 2).doesNotHaveDuplicates();
    evaluate("third", TUNED, "scores", new StopSignal(), tick -> {});
    assertThat(items("scores")).hasSize(both + both / 2);
    assertThat(folder.resolve("third/samples.jsonl"))
        .hasSameBinaryContentAs(folder.resolve("first/samples.jsonl"));
  }

  private void evaluate(String output, Path tuned, String scores, StopSignal stop, IntConsumer tick)
      throws IOException {
    var run =
        TwoModels.run(
            folder.resolve(output),
            BASE,
            tuned,
            List.of(
                new Questions.Task("fp2", null, null, 6),
                new Questions.Task("chabsa", null, null, 60)),
            new EvalRun.Passes(128, null, null, 0, StoreUri.of(folder.resolve(scores)).toString()));
    var board = new ProgressBoard("uid", "test", new SimpleMeterRegistry(), Clock.systemUTC());
    new EvaluationProgram(StoreRouter.open(null, null), new EvalDevices(0, gpu -> 0), ticking(tick))
        .run(run, new RunContext(board, stop, folder));
  }

  /** Model and key of every item that is kept. */
  private List<String> items(String scores) throws IOException {
    var items = new ArrayList<String>();
    try (var files = Files.walk(folder.resolve(scores))) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        var block = JSON.readTree(file.toFile());
        block
            .get("items")
            .fieldNames()
            .forEachRemaining(key -> items.add(block.at("/of/model").textValue() + key));
      }
    }
    return items;
  }

  private JsonNode scores(String output) throws IOException {
    return JSON.readTree(folder.resolve(output + "/results.json").toFile()).get("comparisons");
  }
}
