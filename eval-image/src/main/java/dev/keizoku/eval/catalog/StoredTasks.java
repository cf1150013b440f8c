package dev.keizoku.eval.catalog;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.task.TaskFolder;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.List;
import java.util.Locale;

/** Task files of a user, in a store: a bucket, a hub's repository, or a folder that is mounted. */
final class StoredTasks implements TaskFolder {
  private static final long MAX_BYTES = 512L << 20;

  private final ObjectStore store;
  private final StoreUri folder;

  StoredTasks(ObjectStore store, StoreUri folder) {
    this.store = store;
    this.folder = folder;
  }

  // A mounted ConfigMap holds every file twice: below ..data too.
  @Override
  public List<String> taskFiles() {
    return store.list(folder).stream()
        .map(object -> folder.relativize(object.uri()))
        .filter(path -> path.endsWith(".yaml") && !path.startsWith("..") && !path.contains("/.."))
        .sorted()
        .toList();
  }

  @Override
  public String place(String file) {
    return uri(file).toString();
  }

  @Override
  public byte[] read(String file) {
    var uri = uri(file);
    var size = store.stat(uri);
    if (size.isPresent() && size.get().bytes() > MAX_BYTES) {
      throw RunFault.userError(
          Reason.TASK_DATA_INVALID,
          String.format(
              Locale.ROOT,
              "%s has %,d bytes; a task's file may have %,d: give the rows that are asked only.",
              uri,
              size.get().bytes(),
              MAX_BYTES));
    }
    return store.read(uri);
  }

  private StoreUri uri(String file) {
    return file.contains("://") ? StoreUri.parse(file) : folder.child(file);
  }
}
