package dev.keizoku.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of the metrics that the chart's dashboards and alerts ask for. */
final class AskedMetrics {
  private static final Path FILES = Quickstart.ROOT.resolve("charts/keizoku/files");
  private static final Pattern NAME =
      Pattern.compile("\\b(keizoku|reconciliations|events|jvm|process)_[a-z_]+\\b");

  private AskedMetrics() {}

  static Set<String> ofTheChart() {
    var names = new TreeSet<String>();
    try (var files = Files.walk(FILES)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        NAME.matcher(Files.readString(file)).results().forEach(name -> names.add(name.group()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    // Is there from the first failure on.
    names.remove("reconciliations_failure_total");
    return names;
  }
}
