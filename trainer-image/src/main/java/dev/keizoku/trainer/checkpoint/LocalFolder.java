package dev.keizoku.trainer.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A flat folder of scratch files. */
final class LocalFolder {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFolder.class);

  private LocalFolder() {}

  static Path create(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path path) {
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }
}
