package dev.keizoku.storage.web;

import java.io.IOException;
import java.io.InputStream;

/**
 * A server's answer with a file, or the rest of it.
 *
 * @param body from the offset that was asked for
 * @param size of the whole file in bytes; -1 where the server does not tell it
 * @param tag what names this content: a strong {@code ETag} or {@code Last-Modified}; null for none
 * @param charset of its {@code Content-Type}; empty for none
 */
record WebAnswer(InputStream body, long size, String tag, String charset) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    body.close();
  }
}
