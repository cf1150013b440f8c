package dev.keizoku.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The reference libraries in Python as {@code dev/python/venv.sh} installs them. */
public final class PythonEnvironment {
  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "keizoku");

  private PythonEnvironment() {}

  /**
   * A file of the newest environment that has it; the test is skipped where none was made.
   *
   * @param path within the environment, for instance {@code bin/python}
   */
  public static Path file(String path) {
    var found = environments().stream().map(env -> env.resolve(path)).filter(Files::exists);
    var newest = found.max(Comparator.comparing(file -> file.getParent().toFile().lastModified()));
    assumeTrue(
        newest.isPresent(), "no Python environment with " + path + "; dev/python/venv.sh makes it");
    return newest.get();
  }

  private static List<Path> environments() {
    if (!Files.isDirectory(CACHE)) {
      return List.of();
    }
    try (var folders = Files.list(CACHE)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("venv-"))
          .filter(folder -> Files.exists(folder.resolve(".complete")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
