package dev.keizoku.eval.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.ModelCopy;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.eval.score.ScoringListener;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written answers, against lm-evaluation-harness on the same task file and models. */
class WrittenTaskTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final JsonNode GOLDEN = Golden.read("written.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void jfinqaAsksWhatTheReferenceAsksAndReadsAnswersAsIt() {
    var task = TaskRequests.of(TaskCatalog.load().find("jfinqa"), List.of(), null).getFirst();
    var digest = Digests.sha256();
    for (var request : task.requests()) {
      digest.update(request.context().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 1);
    }
    assertThat(Digests.hex(digest)).isEqualTo(GOLDEN.get("contexts").textValue());
    var answering = task.file().answering();
    var right = task.requests().getFirst().choices();
    for (var read : GOLDEN.get("read")) {
      var left = answering.filters().one(List.of(read.get("response").textValue()));
      assertThat(left).isEqualTo(read.get("left").textValue());
      assertThat(answering.metrics().get("exact_match").score(left, right))
          .isEqualTo(read.get("exactMatch").doubleValue());
    }
    assertThat(answering.filters().name()).isEqualTo("answer");
    assertThat(answering.metrics().get("numeric_match").score("10.1", right)).isEqualTo(1);
    // Every right answer is right, and half a percent beside it.
    for (var request : task.requests()) {
      var gold = request.choices().getFirst();
      assertThat(answering.metrics().get("numeric_match").score(gold, request.choices()))
          .as(gold)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "tuned"})
  void answersAreTheReferences(String name) throws IOException {
    var kwargs = JSON.writeValueAsString(GOLDEN.get("kwargs"));
    var task = task("generation_kwargs: " + kwargs);
    var wanted = GOLDEN.at("/answers/" + name);
    try (var model = load(name, 2)) {
      var written = write(model, task, 4096);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(written.get(i).texts())
            .as("answer %d", i)
            .containsExactly(wanted.get(i).textValue());
      }
      // The three tables are longer than what the model can read beside an answer.
      assertThat(written.stream().map(Answer::cut).toList()).startsWith(true).endsWith(false);
    }
  }

  @Test
  void anAnswerDependsOnNothingBesideItsQuestion() throws IOException {
    var sampled =
        task(
            "generation_kwargs: {max_gen_toks: 12, do_sample: true, temperature: 0.8, top_p: 0.9}\n"
                + "repeats: 3");
    try (var model = load("base", 2);
        var one = load("base", 1)) {
      var together = write(model, sampled, 4096);
      assertThat(together.getFirst().texts()).doesNotHaveDuplicates().hasSize(3);
      assertThat(write(one, sampled, 1)).isEqualTo(together);
      var alone = sampled.with(sampled.requests().subList(7, 8));
      assertThat(write(model, alone, 500)).containsExactly(together.get(7));
    }
  }

  /** The answer to the second turn is that to all that was said before it. */
  @Test
  void aSecondTurnFollowsTheModelsOwnAnswer() throws IOException {
    var kwargs = "generation_kwargs: {max_gen_toks: 6, until: [\"。\"]}\n";
    var single = task(kwargs);
    var dialogue = task(kwargs + "metadata: {next_turn: 続けて}");
    try (var model = load("base", 2)) {
      var some = dialogue.with(dialogue.requests().subList(6, 9));
      var written = write(model, some, 4096);
      assertThat(write(model, some, 1)).isEqualTo(written);
      for (int i = 0; i < written.size(); i++) {
        var asked = single.requests().get(6 + i);
        var first = write(model, single.with(List.of(asked)), 4096).getFirst().texts().getFirst();
        var said = asked.context() + first + "続けて";
        var next = new Request(asked.doc(), said, asked.choices(), "", 0);
        var second = write(model, single.with(List.of(next)), 4096).getFirst().texts().getFirst();
        assertThat(written.get(i).texts())
            .containsExactly(first + "\n\n[user]\n続けて\n\n[assistant]\n" + second);
      }
    }
  }

  /** Of a row without numbers the first token would be the likeliest, and its text an answer. */
  @Test
  void aModelWithoutNumbersWritesNothing() throws IOException {
    var broken =
        ModelCopy.of(
            MODELS.resolve("tuned").toAbsolutePath(),
            folder.resolve("broken"),
            (tensor, value) -> tensor.equals("model.norm.weight") ? Float.MAX_VALUE : value);
    var task = task("generation_kwargs: {max_gen_toks: 4}");
    var drawn = task("generation_kwargs: {max_gen_toks: 4, do_sample: true}");
    var generation = new Generation(List.of("円安"), 4, null, null);
    try (var model = load(broken.toString(), 2)) {
      for (var asked : List.of(task, drawn)) {
        assertThatThrownBy(() -> write(model, asked, 4096))
            .isInstanceOf(RunFault.class)
            .hasMessageContaining("does not give a number for question ")
            .hasMessageContaining(" of mine: its weights are damaged");
      }
      assertThatThrownBy(
              () -> PromptAnswers.of(model, generation, generation.prompts(), null, () -> {}))
          .hasMessageContaining("does not give a number for the prompt \"円安\"");
    }
  }

  private static List<Answer> write(EvaluatedModel model, TaskRequests task, int batchTokens) {
    var items = new ItemScore[task.requests().size()];
    var done = new ArrayList<Integer>();
    new AnswerWriter(model, batchTokens)
        .score(
            task,
            new ScoringListener() {
              @Override
              public void done(int count) {
                done.add(count);
              }

              @Override
              public void item(int request, ItemScore score) {
                items[request] = score;
              }
            });
    assertThat(done).isSorted().last().isEqualTo(items.length);
    return Arrays.stream(items).map(item -> new Answer(item.texts(), item.cut())).toList();
  }

  private record Answer(List<String> texts, boolean cut) {}

  private TaskRequests task(String fields) throws IOException {
    var rows = new StringBuilder();
    for (var asked : GOLDEN.get("asked")) {
      rows.append(JSON.createObjectNode().put("context", asked.textValue()).put("answer", "1"))
          .append('\n');
    }
    Files.writeString(folder.resolve("rows.jsonl"), rows);
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        task: mine
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: context
        doc_to_target: answer
        """
            + fields
            + "\n");
    var catalog = TaskCatalog.load(StoreRouter.open(null, null), StoreUri.of(folder).toString());
    return TaskRequests.of(catalog.find("mine"), List.of(), null).getFirst();
  }

  private static EvaluatedModel load(String name, int threads) {
    var store = StoreRouter.open(null, null);
    var model = new EvalRun.Model(name, StoreUri.of(MODELS.resolve(name)).toString(), null);
    return EvaluatedModel.load(
        store,
        model,
        new Placement(List.of(Device.cpu()), DataType.FLOAT32, threads, null),
        new SharedTokenizer());
  }
}
