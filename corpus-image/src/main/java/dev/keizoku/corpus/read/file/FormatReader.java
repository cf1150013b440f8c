package dev.keizoku.corpus.read.file;

import java.io.IOException;
import java.util.function.Consumer;

/** Cuts files of one format into documents. Stateless. */
public interface FormatReader {

  /**
   * Reads a file: what needs its order is done here, the rest in the tasks.
   *
   * @throws UnreadableFileException when the bytes are not of this format
   */
  void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents) throws IOException;
}
