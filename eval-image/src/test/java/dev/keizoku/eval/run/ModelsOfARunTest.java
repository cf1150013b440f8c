package dev.keizoku.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.EvalRun.NumberType;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.eval.ModelCopy;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.open.StoreRouter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A difference between two models is one of the models, not of how they were run. */
class ModelsOfARunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BASE = Path.of("src/test/resources/models/base");
  private static final Path TUNED = Path.of("src/test/resources/models/tuned");

  @TempDir Path folder;

  @Test
  void theTensorsDecideTheNumberTypeNotAWord() throws IOException {
    var silent = ModelCopy.inHalf(BASE, folder.resolve("silent"), null);
    var outspoken = ModelCopy.inHalf(BASE, folder.resolve("outspoken"), "bfloat16");
    var result = evaluate(silent, outspoken);
    assertThat(result.dtype()).isEqualTo("bfloat16");
    assertThat(responses("tuned")).isEqualTo(responses("base"));
    assertThat(results().at("/config/model_dtype").textValue()).isEqualTo("torch.bfloat16");
  }

  @Test
  void noModelIsRoundedForTheSakeOfAnother() throws IOException {
    var half = ModelCopy.inHalf(TUNED, folder.resolve("half"), "bfloat16");
    assertThat(evaluate(BASE, half).dtype()).isEqualTo("float32");
    var beside = responses("base");
    evaluate(BASE, TUNED);
    assertThat(responses("base")).isEqualTo(beside);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("float32 for all models");
  }

  @Test
  void theRunFileMayChooseTheNumberType() throws IOException {
    var half = ModelCopy.inHalf(BASE, folder.resolve("half"), null);
    // Not a bit of the wider model's weights that the narrower lacks is used.
    assertThat(evaluate(half, BASE, NumberType.BFLOAT16).dtype()).isEqualTo("bfloat16");
    var chosen = responses("base");
    assertThat(evaluate(half, half, null).dtype()).isEqualTo("bfloat16");
    assertThat(responses("base")).isEqualTo(chosen);
    assertThat(evaluate(half, half, NumberType.FLOAT32).dtype()).isEqualTo("float32");
    assertThat(responses("base")).isNotEqualTo(chosen);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("float32 for all models, as the run asked for.");
  }

  @Test
  void aModelWithoutNumbersHasNoScore() throws IOException {
    var broken =
        ModelCopy.of(
            TUNED,
            folder.resolve("broken"),
            (tensor, value) -> tensor.equals("model.norm.weight") ? Float.MAX_VALUE : value);
    assertThatThrownBy(() -> evaluate(BASE, broken))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContaining("tuned does not give a number for question ")
        .hasMessageContaining("of fp2");
    assertThat(folder.resolve("out/manifest.json")).doesNotExist();
  }

  @Test
  void tiesAndCutQuestionsAreTold() throws IOException {
    var even =
        ModelCopy.of(
            TUNED,
            folder.resolve("even"),
            (tensor, value) -> tensor.equals("model.norm.weight") ? 0 : value);
    var notes = evaluate(BASE, even).models();
    assertThat(notes).extracting("name").containsExactly("base", "tuned");
    assertThat(notes.get(0).ties()).isZero();
    // All letters are equally likely to it: every question is a tie.
    assertThat(notes.get(1).ties()).isEqualTo(6);
    assertThat(notes.get(0).cut()).isEqualTo(notes.get(1).cut()).isPositive();
    var base = results().at("/models/base");
    assertThat(base.at("/ties/fp2").longValue()).isZero();
    assertThat(base.at("/cut_questions/fp2").longValue()).isEqualTo(notes.get(0).cut());
  }

  private EvalResult evaluate(Path base, Path tuned) throws IOException {
    return evaluate(base, tuned, null);
  }

  private EvalResult evaluate(Path base, Path tuned, NumberType dtype) throws IOException {
    var run =
        TwoModels.run(
            folder.resolve("out"),
            base,
            tuned,
            List.of(new Questions.Task("fp2", null, null, 6)),
            new EvalRun.Passes(1024, dtype, null, null, null));
    var board = new ProgressBoard("uid", "test", new SimpleMeterRegistry(), Clock.systemUTC());
    var program =
        new EvaluationProgram(
            StoreRouter.open(null, null), new EvalDevices(0, gpu -> 0), Clock.systemUTC());
    return program.run(run, new RunContext(board, new StopSignal(), folder)).eval();
  }

  private JsonNode results() throws IOException {
    return JSON.readTree(folder.resolve("out/results.json").toFile());
  }

  private List<JsonNode> responses(String model) throws IOException {
    var responses = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(folder.resolve("out/samples.jsonl"))) {
      var sample = JSON.readTree(line);
      if (sample.get("model").textValue().equals(model)) {
        responses.add(sample.get("filtered_resps"));
      }
    }
    return responses;
  }
}
