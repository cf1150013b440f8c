package dev.keizoku.storage;

import dev.keizoku.contract.RunFault;

/** The sentences of what a user can have done wrong with a store. */
public final class StorageFaults {
  private StorageFaults() {}

  /** User error {@code ObjectNotFound}. */
  public static RunFault notFound(String uri) {
    return RunFault.userError(
        "ObjectNotFound", "There is no object " + uri + "; check the URI or upload it first.");
  }

  /** User error {@code BucketNotFound}. */
  public static RunFault bucketNotFound(String bucket) {
    return RunFault.userError(
        "BucketNotFound",
        "The bucket '%s' does not exist; create it or correct the URI.".formatted(bucket));
  }

  /** User error {@code ObjectTooShort}. */
  public static RunFault tooShort(String uri) {
    return RunFault.userError(
        "ObjectTooShort",
        uri + " ends too early; it is damaged or not what its manifest says, write it again.");
  }

  /**
   * The size as an int, for objects that are read into memory.
   *
   * @throws RunFault user error {@code ObjectTooLarge}
   */
  public static int inMemory(ObjectInfo info) {
    if (info.bytes() > ObjectStore.MAX_IN_MEMORY_BYTES) {
      throw RunFault.userError(
          "ObjectTooLarge",
          "%s has %d bytes; this kind of file may have at most %d."
              .formatted(info.uri(), info.bytes(), ObjectStore.MAX_IN_MEMORY_BYTES));
    }
    return (int) info.bytes();
  }
}
