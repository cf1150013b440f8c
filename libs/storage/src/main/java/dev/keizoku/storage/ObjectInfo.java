package dev.keizoku.storage;

import java.util.Comparator;

/**
 * An object that exists.
 *
 * @param uri where it is
 * @param bytes its size
 * @param tag what the store calls this content, in S3 the ETag: another content has another one;
 *     empty where it says nothing
 * @param charset what a server of the web says of its encoding; empty where it says nothing
 */
public record ObjectInfo(StoreUri uri, long bytes, String tag, String charset) {
  /** The order of lists: by URI, UTF-16. */
  public static final Comparator<ObjectInfo> BY_URI =
      Comparator.comparing(info -> info.uri().toString());

  /** One whose store says nothing of its content. */
  public ObjectInfo(StoreUri uri, long bytes) {
    this(uri, bytes, "");
  }

  /** One of a store that knows no encodings. */
  public ObjectInfo(StoreUri uri, long bytes, String tag) {
    this(uri, bytes, tag, "");
  }
}
