package dev.keizoku.storage.open;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.run.AttemptOrder;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A store into which only the newest attempt of a run writes. An attempt that was given up because
 * its node did not answer may be at work there all the same; before each object that it writes or
 * deletes, it looks whether another has taken over. What it had begun to write by then may still
 * come: readers go by digests, and a manifest is always written last.
 */
public final class FencedStore extends ForwardingStore {
  private final StoreUri lock;
  private final AttemptOrder mine;

  /**
   * @param store that does the work; closed with this one
   * @param lock the object that names the newest attempt
   * @param mine which attempt this is
   */
  public FencedStore(ObjectStore store, StoreUri lock, AttemptOrder mine) {
    super(store);
    this.lock = lock;
    this.mine = mine;
  }

  /** Takes over from the attempts before. */
  @Override
  public void ensureBucket(StoreUri uri) {
    super.ensureBucket(uri);
    check();
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    check();
    return super.create(uri);
  }

  @Override
  public Artifact upload(Path file, StoreUri uri) {
    check();
    return super.upload(file, uri);
  }

  @Override
  public int dropUnfinished(StoreUri uri) {
    check();
    return super.dropUnfinished(uri);
  }

  @Override
  public void delete(StoreUri uri) {
    check();
    super.delete(uri);
  }

  @Override
  public int deleteFolder(StoreUri folder) {
    check();
    return super.deleteFolder(folder);
  }

  private void check() {
    var newest =
        stat(lock).map(there -> AttemptOrder.parse(new String(read(lock), StandardCharsets.UTF_8)));
    if (newest.isPresent() && newest.get().compareTo(mine) > 0) {
      throw RunFault.tryAgain(
          Reason.SUPERSEDED,
          "Attempt %s of this run has taken over from attempt %s, which writes nothing any more."
              .formatted(newest.get(), mine),
          null);
    }
    // Each time: an attempt before may have looked before this one wrote, and written after it.
    if (newest.isEmpty() || newest.get().compareTo(mine) < 0) {
      writeLock();
    }
  }

  private void writeLock() {
    try (var upload = super.create(lock)) {
      upload.write(mine.toString().getBytes(StandardCharsets.UTF_8));
      upload.commit();
    }
  }
}
