package dev.keizoku.corpus.read;

import java.io.IOException;

/** A file that is not what it should be; the message says why, without its name. */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why half a sentence, for instance {@code "it is encrypted"}
   */
  public UnreadableFileException(String why) {
    super(why);
  }

  /** The same with what caused it. */
  public UnreadableFileException(String why, Throwable cause) {
    super(why, cause);
  }
}
