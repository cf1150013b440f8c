package dev.keizoku.corpus.build;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local folder for the run, removed when it ends. */
public final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final Path folder;

  public Scratch(Path parent) {
    try {
      folder = Files.createTempDirectory(Files.createDirectories(parent), "keizoku-corpus-");
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.SCRATCH_UNUSABLE,
          "Cannot write to the scratch folder " + parent + "; mount a writable volume there.",
          e);
    }
  }

  /** A path in it. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Could not remove {}: {}", folder, e.toString());
    }
  }
}
