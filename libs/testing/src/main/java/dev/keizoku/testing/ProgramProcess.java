package dev.keizoku.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own, with the class path of the test that starts it.
 *
 * @param main its main class
 * @param jvmOptions for instance {@code -Duser.language=de}
 */
public record ProgramProcess(String main, List<String> jvmOptions) {
  private static final long MOST_SECONDS = 120;

  /**
   * How it ended.
   *
   * @param exitCode 143 after SIGTERM
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  public record End(int exitCode, String out, String err) {

    /** All that it wrote. */
    public String all() {
      return out + err;
    }
  }

  /** The program without options of the virtual machine. */
  public static ProgramProcess of(String main) {
    return new ProgramProcess(main, List.of());
  }

  /**
   * The program with the options that it has in its image.
   *
   * @param program for instance {@code trainer}
   */
  public static ProgramProcess asInItsImage(String program, String main) throws IOException {
    // Tests run in their module's folder.
    var flags = new ProcessBuilder("../dev/make/jvm-flags.sh", program).start();
    try (var lines = flags.inputReader()) {
      return new ProgramProcess(main, lines.lines().toList());
    }
  }

  /** The same with more options of the virtual machine. */
  public ProgramProcess with(String... options) {
    var all = new ArrayList<>(jvmOptions);
    all.addAll(List.of(options));
    return new ProgramProcess(main, all);
  }

  /** The command that starts it. */
  public List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs it to its end, of two minutes at most. */
  public End run(String... arguments) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("program");
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    try {
      var process =
          new ProcessBuilder(command(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("still running: " + Files.readString(err));
      }
      return new End(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
      Files.delete(folder);
    }
  }
}
