package dev.keizoku.corpus.read.file;

import dev.keizoku.storage.StoreUri;
import java.nio.file.Path;

/**
 * A file of a source, on this machine.
 *
 * @param source position of its source in the run, from 0
 * @param path below the source's URI
 * @param uri where it is in the store
 * @param local its copy, or itself when it is a local file
 * @param bytes its size
 * @param sha256 digest of its content
 * @param charset what a server of the web said of its encoding; empty where nothing was said
 */
public record InputFile(
    int source, String path, StoreUri uri, Path local, long bytes, String sha256, String charset) {

  /** One that no server of the web gave. */
  public InputFile(int source, String path, StoreUri uri, Path local, long bytes, String sha256) {
    this(source, path, uri, local, bytes, sha256, "");
  }
}
