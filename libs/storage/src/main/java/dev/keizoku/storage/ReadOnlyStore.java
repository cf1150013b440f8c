package dev.keizoku.storage;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import java.nio.file.Path;

/** A store whose objects others write: whatever would change one is refused. */
public interface ReadOnlyStore extends ObjectStore {

  /** The fault of whoever would write there. */
  RunFault readOnly(StoreUri uri);

  @Override
  default ObjectUpload create(StoreUri uri) {
    throw readOnly(uri);
  }

  @Override
  default Artifact upload(Path file, StoreUri uri) {
    throw readOnly(uri);
  }

  @Override
  default void delete(StoreUri uri) {
    throw readOnly(uri);
  }

  @Override
  default int deleteFolder(StoreUri folder) {
    throw readOnly(folder);
  }

  @Override
  default void ensureBucket(StoreUri uri) {
    throw readOnly(uri);
  }
}
