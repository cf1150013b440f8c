package dev.keizoku.benchmark;

import dev.keizoku.contract.bytes.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The benchmark's files that the program carries, each checked against {@code SHA256SUMS} when it
 * is read: a score is worth nothing if a question is not the published one.
 */
public final class BenchmarkFiles {
  private static final String ROOT = "/benchmarks/";
  private static final Map<String, String> SUMS = sums();

  private BenchmarkFiles() {}

  /** Paths under the folder, sorted by name. */
  static Iterable<String> in(String folder) {
    return SUMS.keySet().stream().filter(path -> path.startsWith(folder + "/")).toList();
  }

  /** The bytes of a file. */
  public static byte[] read(String path) {
    var bytes = bytes(path);
    if (!Digests.sha256(bytes).equals(SUMS.get(path))) {
      throw new IllegalStateException("Benchmark file " + path + " is not the published one.");
    }
    return bytes;
  }

  private static Map<String, String> sums() {
    var sums = new TreeMap<String, String>();
    for (var line : new String(bytes("SHA256SUMS"), StandardCharsets.UTF_8).split("\n")) {
      var fields = line.split(" +", 2);
      sums.put(fields[1], fields[0]);
    }
    return sums;
  }

  private static byte[] bytes(String path) {
    try (InputStream in = BenchmarkFiles.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new IllegalStateException("Benchmark file " + path + " is not in the program.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
