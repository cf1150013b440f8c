package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;

/** The sentences of what a user can have done wrong with a store. */
public final class StorageFaults {
  private StorageFaults() {}

  /** User error {@code ObjectNotFound}. */
  public static RunFault notFound(StoreUri uri) {
    return RunFault.userError(
        Reason.OBJECT_NOT_FOUND,
        "There is no object " + uri + "; check the URI or upload it first.");
  }

  /** User error {@code BucketNotFound}. */
  public static RunFault bucketNotFound(String bucket) {
    return RunFault.userError(
        Reason.BUCKET_NOT_FOUND,
        "The bucket '%s' does not exist; create it or correct the URI.".formatted(bucket));
  }

  /**
   * User error {@code StorageFull}.
   *
   * @param answer what the store said, a word or half a sentence
   */
  public static RunFault full(StoreUri uri, String answer, Throwable cause) {
    return RunFault.userError(
        Reason.STORAGE_FULL,
        "There is no room for %s (%s); delete what is not needed or raise the quota, then run it again."
            .formatted(uri, answer),
        cause);
  }

  /** User error {@code ObjectTooShort}. */
  public static RunFault tooShort(StoreUri uri) {
    return RunFault.userError(
        Reason.OBJECT_TOO_SHORT,
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
          Reason.OBJECT_TOO_LARGE,
          "%s has %d bytes; this kind of file may have at most %d."
              .formatted(info.uri(), info.bytes(), ObjectStore.MAX_IN_MEMORY_BYTES));
    }
    return (int) info.bytes();
  }
}
