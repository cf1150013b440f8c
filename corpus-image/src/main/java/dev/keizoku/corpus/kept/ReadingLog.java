package dev.keizoku.corpus.kept;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.IOException;

/**
 * Takes what is found in the files of one source. Files count from 0 within the source; orders from
 * 0 and rise as they are read, whatever the number of threads.
 */
public interface ReadingLog {

  /** A file or entry that a reader takes. */
  void taken(int file);

  /** A file that no reader takes. */
  void leftOut(int file, String place);

  /** A document. */
  void document(int file, long order, Tagged document) throws IOException;

  /** What cannot be read. */
  void reject(int file, long order, UnreadableFileException fault);
}
