package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.LayeredModel;
import dev.keizoku.eval.WordsTask;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
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
    assertThat(printed.lines().limit(2))
        .allMatch(
            line ->
                line.matches(
                    "(base|tuned) +44 of 46 questions to ask \\(.*\\), [0-9,]+ tokens to feed in"
                        + " float32, needs 0.\\d\\d of 1.00 GiB, \\d.\\d\\d hours"));
    // (1.96 + 0.8416) sqrt(0.3 / 6); chabsa's first 40 opinions lie in fewer sentences.
    assertThat(printed.lines().skip(2))
        .hasSize(2)
        .first()
        .isEqualTo("fp2              6 independent questions will show a difference of 0.6265");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** What the operator puts into the status. */
  @Test
  void inAPodThePlanIsTheLastWord() throws Exception {
    var log = Files.createFile(folder.resolve("termination"));
    printed(plan(), "runUid: uid\n" + run(), "--calibrate", "--termination-log=" + log);
    var report = new ObjectMapper().readValue(log.toFile(), FinalReport.class);
    assertThat(report.runUid()).isEqualTo("uid");
    assertThat(report.reason()).isEqualTo("Planned");
    var plan = report.evalPlan();
    assertThat(plan.summary())
        .isEqualTo(report.message())
        .startsWith("2 models, 88 questions to ask, ")
        .contains(" GiB a device, about ", " minutes (timed here", "task 0.627 (fp2) at the worst");
    assertThat(plan.fits()).isTrue();
    assertThat(plan.dtype()).isEqualTo("float32");
    assertThat(plan.models()).extracting("name").containsExactly("base", "tuned");
    assertThat(plan.models()).extracting("questions").containsExactly(44L, 44L);
    assertThat(plan.hours()).isNotNull();
    assertThat(plan.tasks()).extracting("name").containsExactly("fp2", "chabsa");
    // A mean of two tasks is known better than the worse of them.
    assertThat(plan.detectable()).isLessThan(plan.tasks().getFirst().detectable());
  }

  /** A prompt and what is written to it are held as questions are. */
  @Test
  void whatIsWrittenIsPlannedToo() throws Exception {
    long few = bytes(words("few", 2));
    long many = bytes(words("many", 90));
    assertThat(many).isGreaterThan(few);
    var generation = "generation: {prompts: [円安], maxNewTokens: %d}\n";
    assertThat(bytes(words("short", 2) + generation.formatted(2))).isEqualTo(few);
    assertThat(bytes(words("long", 2) + generation.formatted(90))).isEqualTo(many);
  }

  private String words(String name, int newTokens) throws IOException {
    var tasks = WordsTask.in(folder.resolve(name), "{max_gen_toks: %d}".formatted(newTokens));
    WordsTask.ask(tasks, 2, "円安", "答え");
    return run().replaceFirst("tasks:\n(- \\{.*\n)+", "tasks: [{name: words}]\n")
        + "includePath: %s\n".formatted(StoreUri.of(tasks));
  }

  private long bytes(String run) throws Exception {
    var log = Files.writeString(folder.resolve("termination"), "");
    printed(plan(), run, "--termination-log=" + log);
    var report = new ObjectMapper().readValue(log.toFile(), FinalReport.class);
    return report.evalPlan().models().getFirst().bytes();
  }

  /** A GPU's memory is not known here: how much is needed is told, and nothing is refused. */
  @Test
  void aRunOnGpusIsPlannedWithoutOne() throws Exception {
    var log = Files.createFile(folder.resolve("termination"));
    printed(plan(), "devices: 2\n" + run(), "--calibrate", "--termination-log=" + log);
    var plan = new ObjectMapper().readValue(log.toFile(), FinalReport.class).evalPlan();
    assertThat(plan.fits()).isNull();
    assertThat(plan.hours()).isNull();
    assertThat(plan.models().getFirst().bytes()).isPositive();
    assertThat(plan.models()).extracting("devices").containsOnlyNulls();
    assertThat(plan.summary())
        .containsPattern("needs \\d.\\d\\d GiB a device, or \\d.\\d\\d of each of 2 that share a");
  }

  /** A card that is known by its node's label has its memory; of another nothing is refused. */
  @Test
  void aKnownCardIsPlannedWithItsMemory() throws Exception {
    var run = "devices: 1\n" + run().replace("batchTokens: 1024", "batchTokens: 16777216");
    assertThat(refused(run, "--gpu-product=NVIDIA-L4")).contains(" and gpu(0) has 20.2");
    var log = Files.writeString(folder.resolve("termination"), "");
    printed(plan(), run, "--gpu-product=SOME-OTHER", "--termination-log=" + log);
    var plan = new ObjectMapper().readValue(log.toFile(), FinalReport.class).evalPlan();
    assertThat(plan.fits()).isNull();
  }

  /** Of a known GPU it is told over how many a model goes that is larger than one. */
  @Test
  void aModelThatIsLargerThanAGpuIsPlannedOverSeveral() throws Exception {
    LayeredModel.write(folder, "llama", false);
    var run =
        "devices: 4\n"
            + run()
                .replace("batchTokens: 1024", "batchTokens: 128")
                .replace(
                    StoreUri.of(MODELS.resolve("tuned")).toString(),
                    StoreUri.of(folder.resolve("llama")).toString());
    var log = Files.createFile(folder.resolve("termination"));
    var options = new String[] {"--device-memory=0.0108", "--termination-log=" + log};
    var printed = printed(plan(), run, options).lines().toList();
    assertThat(printed.get(0)).endsWith(" of 0.01 GiB");
    assertThat(printed.get(1)).endsWith(" of 0.01 GiB of each of 2 devices");
    var plan = new ObjectMapper().readValue(log.toFile(), FinalReport.class).evalPlan();
    assertThat(plan.fits()).isTrue();
    assertThat(plan.models()).extracting("devices").containsExactly(1, 2);
    assertThat(plan.models()).allMatch(model -> model.bytes() <= plan.usableBytes());
    assertThat(plan.summary()).contains(" of 0.01 GiB a device, the layers of tuned over 2; ");
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheSettingThatFits() throws Exception {
    var run = run().replace("batchTokens: 1024", "batchTokens: 1048576");
    assertThat(refused(run, "--device-memory=0.1"))
        .matches(
            "base needs \\d+.\\d\\d GiB to be scored in float32 with batchTokens 1048576, and"
                + " cpu\\(\\) has 0.10; it fits with batchTokens: \\d+.");
    assertThat(refused(run, "--pod-memory=157286400")).contains("and cpu() has 0.10;");
    assertThat(refused(run(), "--device-memory=0.0001"))
        .contains("raise podTemplate.resources.limits.memory to ");
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

  /** The sentence, with a plan beside it that says that it does not fit. */
  private String refused(String run, String option) throws Exception {
    var log = Files.writeString(folder.resolve("termination"), "");
    var file = Files.writeString(folder.resolve("run.yaml"), run);
    var line = new CommandLine(plan()).setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(new StringWriter()));
    assertThat(line.execute(file.toString(), option, "--termination-log=" + log))
        .isEqualTo(ExitCode.USER_ERROR.code());
    var report = new ObjectMapper().readValue(log.toFile(), FinalReport.class);
    assertThat(report.reason()).isEqualTo("TooLittleMemory");
    assertThat(report.evalPlan().fits()).isFalse();
    return report.message();
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
