package dev.keizoku.corpus.read.file;

import java.io.IOException;

/** The part of reading one document that may run on any thread. */
@FunctionalInterface
public interface DocumentTask {
  /** The document. */
  Document parse() throws IOException;
}
