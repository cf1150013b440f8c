package dev.keizoku.trainer.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process whose memory and scratch folder are looked at while it runs, as the system has them.
 */
final class WatchedProcess {
  private static final long MILLIS = 100;

  private final Process process;
  private final Path log;
  private final Path scratch;
  private long memoryBytes;
  private long scratchBytes;

  /**
   * @param log takes what it writes
   * @param scratch a folder, which may not be there yet
   */
  WatchedProcess(List<String> command, Path log, Path scratch) throws IOException {
    this.log = log;
    this.scratch = scratch;
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** The most memory that was resident at once, in bytes: the kernel's own high-water mark. */
  long memoryBytes() {
    return memoryBytes;
  }

  /** The most that was seen in the scratch folder, in bytes. */
  long scratchBytes() {
    return scratchBytes;
  }

  /** Waits for a fact, and kills the process then, as the kernel does. */
  void killWhen(BooleanSupplier fact) throws IOException, InterruptedException {
    while (!fact.getAsBoolean()) {
      if (process.waitFor(MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("it ended by itself: " + Files.readString(log));
      }
      look();
    }
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  void awaitSuccess() throws IOException, InterruptedException {
    while (!process.waitFor(MILLIS, TimeUnit.MILLISECONDS)) {
      look();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("exit " + process.exitValue() + ": " + Files.readString(log));
    }
  }

  private void look() throws IOException {
    memoryBytes = Math.max(memoryBytes, highWaterMark());
    scratchBytes = Math.max(scratchBytes, sizeOf(scratch));
  }

  private long highWaterMark() throws IOException {
    var status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      for (var line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
    return 0;
  }

  /** Bytes of all files below a folder; files may go meanwhile. */
  static long sizeOf(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      return files
          .map(Path::toFile)
          .filter(java.io.File::isFile)
          .mapToLong(java.io.File::length)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
