package dev.keizoku.eval;

import static dev.keizoku.eval.SmallRun.uri;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a run file or a model ends the run with what to do, and costs nothing. */
class RefusedRunTest {
  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void files() {
    output = folder.resolve("out");
  }

  @Test
  void whatTheUserCanMendIsSaid() throws IOException {
    fails(
        "fp2",
        "fp1",
        "There is no task 'fp1' (did you mean fp2?); choose one of chabsa, cma_basics");
    fails("1.0-0.1", "1.0-0.9", "Task chabsa has no prompt version '1.0-0.9'; choose one of");
    fails(
        "promptVersion: 1.0-0.1",
        "promptVersion: 1.0-0.1, promptVersions: [default]",
        "a task takes promptVersion or promptVersions, not both");
    fails("name: chabsa, promptVersion: 1.0-0.1", "name: fp2", "every task may be listed once");
    fails("name: tuned", "name: base", "no candidate may have the base model's name");
    fails("models/tuned", "models/none", "is empty; give the folder of a model");
    fails("models/tuned", "models/tuned, sha256: " + "0".repeat(64), "manifest.json");
    fails(
        "limit: 6",
        "limit: 0",
        "tasks[0].limit: Invalid value: 0: should be greater than or equal to 1");
    fails(
        "resamples: 200",
        "resamples: 5",
        "bootstrap.resamples: Invalid value: 5: should be greater than or equal to 100");
    fails("maxNewTokens: 5", "maxNewTokens: 300", "base has 256 positions in all");
    fails("candidates:", "candidate:", "candidate");
  }

  @Test
  void aModelWithoutTokenizerIsRefused() throws IOException {
    var copy = copyOf("tuned");
    Files.delete(copy.resolve("tokenizer.json"));
    fails(
        uri("tuned"),
        StoreUri.of(copy).toString(),
        "holds neither tokenizer.json nor a .tiktoken file");
  }

  @Test
  void aModelThatIsNotThePinnedOneIsRefused() throws IOException {
    var copy = copyOf("tuned");
    Files.writeString(
        copy.resolve("manifest.json"),
        """
        {"kind": "model", "tool": "test", "properties": {}, "files": [
          {"path": "config.json", "bytes": 1, "sha256": "%s"},
          {"path": "model.safetensors", "bytes": 1, "sha256": "%s"}]}
        """
            .formatted(
                Digests.sha256(copy.resolve("config.json")),
                Digests.sha256(copy.resolve("model.safetensors"))));
    var pinned = Digests.sha256(copy.resolve("manifest.json"));
    var run = runFile().replace(uri("tuned"), StoreUri.of(copy) + ", sha256: " + pinned);
    assertThat(evaluate(run)).isZero();
    Files.writeString(copy.resolve("config.json"), "{}");
    assertThat(evaluate(run)).isEqualTo(42);
    assertThat(report().message()).contains("is not what", "write the model again");
    fails(uri("tuned"), StoreUri.of(copy) + ", sha256: " + "0".repeat(64), "pinned sha256");
  }

  @Test
  void anEarlierResultStaysWholeUntilTheNextIsComplete() throws IOException {
    evaluate(runFile());
    var before = written();
    fails("models/tuned", "models/none", "is empty; give the folder of a model");
    fails(
        "limit: 40",
        "limit: 0",
        "tasks[1].limit: Invalid value: 0: should be greater than or equal to 1");
    assertThat(written()).isEqualTo(before);
  }

  private Map<String, String> written() throws IOException {
    var digests = new HashMap<String, String>();
    for (var name : List.of("manifest.json", "results.json", "samples.jsonl", "report.html")) {
      digests.put(name, Digests.sha256(output.resolve(name)));
    }
    return digests;
  }

  private void fails(String replaced, String by, String sentence) throws IOException {
    assertThat(evaluate(runFile().replace(replaced, by))).isEqualTo(42);
    assertThat(report().message()).contains(sentence);
  }

  private String runFile() {
    return SmallRun.file(output);
  }

  private int evaluate(String run) throws IOException {
    return SmallRun.evaluate(folder, run);
  }

  private FinalReport report() throws IOException {
    return SmallRun.report(folder);
  }

  private Path copyOf(String model) throws IOException {
    var copy = Files.createDirectory(folder.resolve("copy"));
    try (var files = Files.list(SmallRun.MODELS.resolve(model))) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
