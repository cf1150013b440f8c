package dev.keizoku.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small evaluation of the test's two models, run by the program in a folder. */
public final class SmallRun {
  /** Where the test's models lie. */
  public static final Path MODELS = Path.of("src/test/resources/models");

  private SmallRun() {}

  /** Its run file. */
  public static String file(Path output) {
    return """
    runUid: uid-1
    name: finance/eval
    output: %s
    base: {name: base, uri: %s}
    candidates:
    - {name: tuned, uri: %s}
    tasks:
    - {name: fp2, limit: 6}
    - {name: chabsa, promptVersion: 1.0-0.1, limit: 40}
    bootstrap: {resamples: 200, confidence: 0.95}
    generation: {prompts: ["日本銀行は<b>", "円安"], maxNewTokens: 5}
    batchTokens: 1024
    seed: 7
    """
        .formatted(StoreUri.of(output), uri("base"), uri("tuned"));
  }

  /** Where a model of the test's lies. */
  public static String uri(String model) {
    return StoreUri.of(MODELS.resolve(model)).toString();
  }

  /** Runs a file; the program's exit code. */
  public static int evaluate(Path folder, String run) throws IOException {
    var termination = Files.writeString(termination(folder), "");
    var file = Files.writeString(folder.resolve("run.yaml"), run);
    return EvalMain.run(Map.of(), file.toString(), "--port=0", "--termination-log=" + termination);
  }

  /** The program's last word. */
  public static FinalReport report(Path folder) throws IOException {
    return new ObjectMapper().readValue(termination(folder).toFile(), FinalReport.class);
  }

  /** The file that it stands in. */
  public static Path termination(Path folder) {
    return folder.resolve("termination");
  }
}
