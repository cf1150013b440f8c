package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.testing.CommandLineContract;
import dev.keizoku.testing.ProgramProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The trainer's command line, as processes. */
class CommandLineTest extends CommandLineContract {
  private static final String MAIN = "dev.keizoku.trainer.TrainerMain";

  CommandLineTest() {
    super("trainer", MAIN);
  }

  @Override
  protected String runFile() throws IOException {
    return new YAMLMapper().writeValueAsString(new TinyJob(folder, 1, 0, 20).run);
  }

  @Override
  protected Misspelt misspelt() {
    return new Misspelt("learningRate", "learninRate");
  }

  @Override
  protected String subcommand() {
    return "plan";
  }

  @Test
  void numbersAreTheSameUnderAGermanLocale() throws Exception {
    var german =
        ProgramProcess.asInItsImage("trainer", MAIN)
            .with("-Duser.language=de", "-Duser.country=DE");
    var file = Files.writeString(folder.resolve("german.yaml"), runFile()).toString();
    var end = german.run(file, "--port=0");
    assertThat(end.exitCode()).as(end.err()).isZero();
    assertThat(end.err()).as("no noise").doesNotContain("WARNING", "incubator", "\u001b", "\tat ");
    assertThat(end.err())
        .containsPattern("Step 20/?.*loss \\d\\.\\d{5}")
        .doesNotContainPattern("\\d,\\d{4,5}\\b");
    var model = folder.resolve("out/model");
    assertThat(Files.readString(model.resolve("report.html"), StandardCharsets.UTF_8))
        .containsPattern("\\d\\.\\d{3}")
        .doesNotContainPattern("=\"-?\\d+,\\d+%?\"");
    assertThat(model.resolve("README.md")).content().doesNotContainPattern("\\d,\\d{4,}\\b");
    var plan = german.run("plan", file, "--tokens-per-second=10000");
    assertThat(plan.out()).contains("10,000 tokens/s (as given)");
  }
}
