package dev.keizoku.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.testing.ProgramProcess.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users of any program find when they got something wrong: a sentence, where help is, exit
 * code 42. A program's test inherits these cases; each is a real process.
 */
public abstract class CommandLineContract {
  private final String program;
  private final String main;

  /** The files of a test. */
  @TempDir protected Path folder;

  /**
   * @param program its name in sentences, for instance {@code trainer}
   * @param main its main class
   */
  protected CommandLineContract(String program, String main) {
    this.program = program;
    this.main = main;
  }

  /** A run file that this program could do. */
  protected abstract String runFile() throws IOException;

  /** A line of that run file, and the same with a field misspelt. */
  protected abstract Misspelt misspelt();

  /** One of the program's own subcommands. */
  protected abstract String subcommand();

  /**
   * A field that somebody misspelt.
   *
   * @param field its name
   * @param written what stands there instead
   */
  public record Misspelt(String field, String written) {}

  private End run(String... arguments) throws Exception {
    return ProgramProcess.asInItsImage(program, main).run(arguments);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), text);
  }

  private static void refused(End end, String... words) {
    assertThat(end.exitCode()).as(end.all()).isEqualTo(42);
    assertThat(end.err()).contains(words).doesNotContain("\tat ", "Exception", "WARNING");
    assertThat(end.all()).as("no escape codes where no terminal is").doesNotContain("\u001b");
  }

  @Test
  void aWrongOptionIsNamedAndSoIsWhereHelpIs() throws Exception {
    refused(
        run("--no-such-option"),
        "Unknown option: '--no-such-option'.",
        "See '" + program + " --help'.");
    refused(run("--gracee=PT1S", "run.yaml"), "--grace", "See '" + program + " --help'.");
    refused(
        run("--grace=soon", "run.yaml"),
        "Invalid value for option '--grace': 'soon' is not a duration",
        "See '" + program + " --help'.");
  }

  @Test
  void soItIsInSubcommands() throws Exception {
    refused(
        run(subcommand(), "--no-such-option"),
        "See '" + program + " " + subcommand() + " --help'.");
    refused(
        run("store", "delete", "s3://bucket/folder", "--no-such-option"),
        "Unknown option: '--no-such-option'.");
    refused(
        run("store", "upload"),
        "Missing required parameters: 'LOCAL', 'URI'.",
        "See '" + program + " store upload --help'.");
    refused(run("store"), "make-bucket", "See '" + program + " store --help'.");
  }

  @Test
  void aRunFileThatIsNotThereIsSaid() throws Exception {
    refused(run("--port=0"), "Give the path of a run file; see --help.");
    refused(
        run("--port=0", folder.resolve("none.yaml").toString()),
        "none.yaml: give the path of a YAML file.");
  }

  @Test
  void aRunFileThatDoesNotFitIsSaidWithLineAndField() throws Exception {
    refused(run("--port=0", file("name: [").toString()), "RunFileInvalid", "at line");
    var misspelt = misspelt();
    var text = runFile();
    assertThat(text).contains(misspelt.field() + ":");
    var wrong = text.replace(misspelt.field() + ":", misspelt.written() + ":");
    refused(
        run("--port=0", file(wrong).toString()),
        "RunFileInvalid",
        misspelt.written() + ": there is no such field",
        "did you mean " + misspelt.field() + "?");
  }

  @Test
  void scratchIsWhereItIsSaidToBe() throws Exception {
    var notAFolder = Files.createFile(folder.resolve("file")).resolve("below").toString();
    refused(
        run("--port=0", "--scratch", notAFolder, file(runFile()).toString()),
        "ScratchUnusable: Cannot write to the scratch folder " + notAFolder);
  }

  @Test
  void versionAndHelpAreDone() throws Exception {
    var version = run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).matches("keizoku-" + program + " \\S+\\R");
    var help = run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--scratch", "store", subcommand()).doesNotContain("\u001b");
  }
}
