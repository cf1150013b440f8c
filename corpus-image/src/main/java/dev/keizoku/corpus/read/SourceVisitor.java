package dev.keizoku.corpus.read;

import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.UnreadableFileException;

/** Takes what the files of a source hold, in the order of reading and on the thread that reads. */
public interface SourceVisitor {

  /** A file or entry that a reader takes; what is in it follows. */
  void taken();

  /** A document, whose task may say {@link UnreadableFileException} with its place. */
  void document(DocumentTask task);

  /** A file, entry or record that cannot be read; it has its place. */
  void reject(UnreadableFileException fault);

  /** A file or entry that no reader of the source's format takes. */
  void leftOut(String place);
}
