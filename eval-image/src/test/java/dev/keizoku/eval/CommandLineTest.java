package dev.keizoku.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.testing.CommandLineContract;
import dev.keizoku.testing.ProgramProcess;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The evaluator's command line, as processes. */
class CommandLineTest extends CommandLineContract {
  private static final String MAIN = "dev.keizoku.eval.EvalMain";

  CommandLineTest() {
    super("eval", MAIN);
  }

  @Override
  protected String runFile() {
    return SmallRun.file(folder.resolve("out"));
  }

  @Override
  protected Misspelt misspelt() {
    return new Misspelt("candidates", "canditates");
  }

  @Override
  protected String subcommand() {
    return "tasks";
  }

  @Test
  void numbersAreTheSameUnderAGermanLocale() throws Exception {
    var german =
        ProgramProcess.asInItsImage("eval", MAIN).with("-Duser.language=de", "-Duser.country=DE");
    assertThat(german.run("tasks").out()).contains("7,723 questions");
    var file = Files.writeString(folder.resolve("german.yaml"), runFile()).toString();
    var end = german.run(file, "--port=0");
    assertThat(end.exitCode()).as(end.err()).isZero();
    assertThat(end.err()).as("no noise").doesNotContain("WARNING", "incubator", "\u001b", "\tat ");
    var page = Files.readString(folder.resolve("out/report.html"));
    assertThat(page)
        .as("positions in pictures")
        .containsPattern("cx=\"\\d+(\\.\\d+)?%\"")
        .doesNotContainPattern("=\"-?\\d+,\\d+%?\"")
        .as("scores")
        .containsPattern(">[+-]?\\d\\.\\d{4}")
        .doesNotContainPattern("\\d,\\d{4}\\b");
  }
}
