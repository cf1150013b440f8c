package dev.keizoku.corpus.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a build keeps on local disk.
 *
 * @param documents the cleaned documents
 * @param prints what is compared of them
 */
public record SpoolFolder(Spool documents, PrintFile prints) implements AutoCloseable {

  /**
   * Empty files.
   *
   * @param folder that is not there yet
   */
  public static SpoolFolder create(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new SpoolFolder(new Spool(folder.resolve("documents")), new PrintFile(folder));
  }

  @Override
  public void close() throws IOException {
    try (documents;
        prints) {
      // Closing removes them.
    }
  }
}
