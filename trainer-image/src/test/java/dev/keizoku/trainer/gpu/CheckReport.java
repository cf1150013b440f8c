package dev.keizoku.trainer.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts each result down as soon as it is there: a line on standard output and a JSON line in a
 * file, so that what was seen stays when the time is out.
 */
final class CheckReport {
  private static final JsonMapper JSON = new JsonMapper();
  private final Path file;
  private final long deadlineNanos;
  private final Map<String, Integer> totals = new LinkedHashMap<>();

  /** What one check found: whether it holds, and in what numbers that shows. */
  record Finding(boolean holds, String detail, Map<String, Object> figures) {
    static Finding of(boolean holds, String detail) {
      return new Finding(holds, detail, Map.of());
    }
  }

  /** Work that ends in a finding. */
  @FunctionalInterface
  interface Check {
    Finding run() throws Exception;
  }

  /**
   * @param seconds after which no further check begins
   */
  CheckReport(Path file, double seconds) {
    this.file = file;
    deadlineNanos = System.nanoTime() + (long) (seconds * 1e9);
    for (var verdict : new String[] {"PASS", "FAIL", "SKIP"}) {
      totals.put(verdict, 0);
    }
  }

  /** Runs a check, unless the time is out. */
  void check(String name, Check check) {
    if (System.nanoTime() > deadlineNanos) {
      skip(name, "the time is out");
      return;
    }
    var start = System.nanoTime();
    Finding finding;
    try {
      finding = check.run();
    } catch (Exception | LinkageError e) {
      finding = Finding.of(false, e.toString());
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    write(finding.holds ? "PASS" : "FAIL", name, finding, seconds);
  }

  /** Says why a check was not made. */
  void skip(String name, String why) {
    write("SKIP", name, Finding.of(false, why), 0);
  }

  private void write(String verdict, String name, Finding finding, double seconds) {
    totals.merge(verdict, 1, Integer::sum);
    System.out.printf("%s %s: %s (%.1f s)%n", verdict, name, finding.detail, seconds);
    var line = new LinkedHashMap<String, Object>();
    line.put("verdict", verdict);
    line.put("check", name);
    line.put("detail", finding.detail);
    line.put("figures", finding.figures);
    line.put("seconds", seconds);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many ended how. */
  Map<String, Integer> totals() {
    return totals;
  }
}
