package dev.keizoku.storage;

import java.util.Comparator;

/**
 * An object that exists.
 *
 * @param uri where it is
 * @param bytes its size
 */
public record ObjectInfo(StoreUri uri, long bytes) {
  /** The order of lists: by URI, UTF-16. */
  public static final Comparator<ObjectInfo> BY_URI =
      Comparator.comparing(info -> info.uri().toString());
}
