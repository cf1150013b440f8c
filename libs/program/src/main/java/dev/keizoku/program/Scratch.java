package dev.keizoku.program;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where a program puts what it needs only while it runs (a picocli mixin). */
public final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  /** Below this nothing of use can be written. */
  private static final long LEAST_BYTES = 1 << 20;

  @Option(
      names = "--scratch",
      paramLabel = "FOLDER",
      description =
          "Local folder for copies and unfinished work, made where it is not there; what a run puts"
              + " into it goes with the run. Default: the JVM's java.io.tmpdir.")
  private Path parent;

  /**
   * Makes a folder for one run.
   *
   * @throws RunFault (exit 42) when the parent cannot be written to
   */
  public Folder open() {
    var in = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    try {
      return new Folder(Files.createTempDirectory(Files.createDirectories(in), "keizoku-"));
    } catch (IOException e) {
      throw unusable(in, e);
    }
  }

  private static RunFault unusable(Path folder, IOException e) {
    return RunFault.userError(
        Reason.SCRATCH_UNUSABLE,
        "Cannot write to the scratch folder %s; mount a writable volume there, or name another by --scratch."
            .formatted(folder),
        e);
  }

  /**
   * The fault with a sentence of its own where the disk is full, else the fault itself.
   *
   * @param fault what the work threw
   * @param folder where it worked
   */
  static Exception explain(Exception fault, Path folder) {
    if (fault instanceof RunFault told && told.exitCode() == ExitCode.USER_ERROR) {
      return fault;
    }
    return sayNoSpace(fault) || full(folder)
        ? RunFault.userError(
            Reason.SCRATCH_FULL,
            "A local disk is full; give a larger one for --scratch, which is %s (in a pod: a volume called scratch in podTemplate)."
                .formatted(folder.getParent()),
            fault)
        : fault;
  }

  /** Files that a failed run had open are gone by now, and with them what filled the disk. */
  private static boolean sayNoSpace(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("No space left on device"));
  }

  private static boolean full(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < LEAST_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A folder that goes with whoever opened it.
   *
   * @param path where it is
   */
  public record Folder(Path path) implements AutoCloseable {

    /** A path in it. */
    public Path resolve(String name) {
      return path.resolve(name);
    }

    @Override
    public void close() {
      try (var paths = Files.walk(path)) {
        for (var file : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        LOG.warn("Could not remove {}: {}", path, e.toString());
      }
    }
  }
}
