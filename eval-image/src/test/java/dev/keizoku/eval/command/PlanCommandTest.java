package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a run asks and takes, told without a model. */
class PlanCommandTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  @Test
  void aPlanTellsQuestionsTokensMemoryAndHours() throws Exception {
    var printed = printed(plan(), run(), "--tokens-per-second=10", "--device-memory=1");
    assertThat(printed.lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "(base|tuned) +44 of 46 questions to ask \\(.*\\), [0-9,]+ tokens to feed in float32, needs 0.\\d\\d of 1.00 GiB, \\d.\\d\\d hours"));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheSettingThatFits() throws Exception {
    var run = run().replace("batchTokens: 1024", "batchTokens: 1048576");
    assertThatThrownBy(() -> printed(plan(), run, "--device-memory=0.1"))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageMatching(
            "base needs \\d+.\\d\\d GiB to be scored in float32 with batchTokens 1048576, and cpu\\(\\) has 0.10; it fits with batchTokens: \\d+.");
    assertThatThrownBy(() -> printed(plan(), run(), "--device-memory=0.0001"))
        .hasMessageContaining("raise podTemplate.resources.limits.memory to ");
    var fits = run.replace("1048576", "8192");
    assertThat(printed(plan(), fits, "--device-memory=0.1")).contains("of 0.10 GiB");
  }

  /** The golden requests of fp2, byte for byte. */
  @Test
  void requestsAreThoseOfTheReference() throws Exception {
    var lines =
        printed(new RequestsCommand(s -> StoreRouter.open(null, null)), run()).lines().toList();
    assertThat(lines).hasSize(46);
    int compared = 0;
    for (var golden : Golden.read("requests.json")) {
      if (golden.get("task").textValue().equals("fp2")
          && golden.get("prompt_version").textValue().equals("default")
          && golden.get("index").intValue() < 6) {
        var line = new ObjectMapper().readTree(lines.get(golden.get("index").intValue()));
        assertThat(line.get("task").textValue()).isEqualTo("fp2");
        var choices = new ArrayList<String>();
        for (var argument : line.get("arguments")) {
          assertThat(argument.get(0)).isEqualTo(golden.get("context"));
          choices.add(argument.get(1).textValue());
        }
        var wanted = new ArrayList<String>();
        golden.get("choices").forEach(choice -> wanted.add(choice.textValue()));
        assertThat(choices).isEqualTo(wanted);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static PlanCommand plan() {
    return new PlanCommand(storage -> StoreRouter.open(null, null));
  }

  private String run() {
    return """
        output: %s
        base: {name: base, uri: %s}
        candidates: [{name: tuned, uri: %s}]
        tasks:
        - {name: fp2, limit: 6}
        - {name: chabsa, limit: 40}
        batchTokens: 1024
        """
        .formatted(
            StoreUri.of(folder.resolve("out")),
            StoreUri.of(MODELS.resolve("base")),
            StoreUri.of(MODELS.resolve("tuned")));
  }

  private <C extends Callable<Integer>> String printed(C command, String run, String... options)
      throws Exception {
    var arguments = new ArrayList<String>();
    arguments.add(Files.writeString(folder.resolve("run.yaml"), run).toString());
    arguments.addAll(List.of(options));
    var printed = new StringWriter();
    var line = new CommandLine(command).setOut(new PrintWriter(printed));
    line.parseArgs(arguments.toArray(String[]::new));
    assertThat(command.call()).isZero();
    return printed.toString();
  }
}
