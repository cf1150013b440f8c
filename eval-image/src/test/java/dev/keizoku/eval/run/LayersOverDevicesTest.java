package dev.keizoku.eval.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.HeldOutCorpus;
import dev.keizoku.eval.LayeredModel;
import dev.keizoku.eval.WordsTask;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.RunFile;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model that is larger than a device says the same, to the last bit, as on one that has room for
 * it. The devices are parts of the processors' memory, and told to be small.
 */
class LayersOverDevicesTest {
  @TempDir private Path folder;
  @AutoClose private final SharedTokenizer tokenizers = new SharedTokenizer();
  private final ObjectStore store = StoreRouter.open(null, null);

  @BeforeEach
  void models() throws IOException {
    LayeredModel.write(folder, "qwen2", true);
    LayeredModel.write(folder, "llama", false);
    LayeredModel.write(folder, "qwen3", false);
    HeldOutCorpus.write(
        folder.resolve("corpus"), List.of("当社の売上高は前年同期比で増加しました。".repeat(12), "金利は据え置かれた。"));
    WordsTask.ask(WordsTask.in(folder.resolve("tasks"), "{max_gen_toks: 9}"), 5, "問い%d 金利と債券", "円");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2, bfloat16", // Two copies, which work side by side, and a device that is left over.
    "3, 3, float32"
  })
  void aModelOverDevicesSaysWhatItSaysOnOne(int devices, int perCopy, String dtype)
      throws IOException {
    var whole = plan("whole", dtype, 1);
    var spread = plan("spread", dtype, devices);
    long room =
        spread.models().stream().mapToLong(m -> spread.fit(m).bytes(perCopy)).max().orElseThrow();
    assertThat(spread.models())
        .allSatisfy(m -> assertThat(spread.fit(m).devices(room)).isEqualTo(perCopy));
    var said = said(whole, Long.MAX_VALUE);
    assertThat(said).hasSize(3).doesNotHaveDuplicates();
    assertThat(said.toString()).contains("heldout_mine", "words", "answers");
    assertThat(said(spread, room)).isEqualTo(said);
  }

  private List<Map<String, String>> said(EvaluationPlan plan, long room) {
    return new ModelRuns(plan, room, store, tokenizers, Clock.systemUTC(), context())
        .all().stream().map(LayersOverDevicesTest::told).toList();
  }

  private static Map<String, String> told(ModelRun run) {
    var told = new LinkedHashMap<String, String>();
    run.scores().byTask().forEach((task, scores) -> told.put(task, told(scores)));
    told.put("answers", run.answers().toString());
    return told;
  }

  private static String told(ChoiceScores scores) {
    return Arrays.deepToString(scores.logLikelihoods())
        + Arrays.deepToString(scores.greedy())
        + scores.texts();
  }

  private EvaluationPlan plan(String name, String dtype, int devices) throws IOException {
    var file = Files.writeString(folder.resolve(name + ".yaml"), run(name, dtype));
    var run = RunFile.read(file, EvalRun.class);
    var cpus = Collections.nCopies(devices, Device.cpu());
    return EvaluationPlan.of(run, store, type -> cpus, tokenizers, context());
  }

  private RunContext context() {
    var board = new ProgressBoard("uid", "test", new SimpleMeterRegistry(), Clock.systemUTC());
    return new RunContext(board, new StopSignal(), folder);
  }

  private String run(String name, String dtype) {
    return """
    output: %1$s/%2$s
    base: {name: base, uri: %1$s/qwen2}
    candidates: [{name: untied, uri: %1$s/llama}, {name: normed, uri: %1$s/qwen3}]
    includePath: %1$s/tasks
    tasks: [{name: fp2, limit: 2}, {name: chabsa, limit: 5}, {name: words}]
    perplexity: [{name: mine, uri: %1$s/corpus/manifest.json}]
    generation: {prompts: [金融政策, 企業の業績は], maxNewTokens: 7}
    batchTokens: 512
    dtype: %3$s
    """
        .formatted(StoreUri.of(folder), name, dtype);
  }
}
