package dev.keizoku.eval.items;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores of single items in the object store, for every run that comes after: {@code
 * FOLDER/MODEL/TASK/BLOCK.json}, where MODEL is a digest of a {@link ModelKey} and BLOCK one of the
 * block's own bytes. An item is known by a digest of what was asked ({@link
 * dev.keizoku.eval.request.Request}), the task's name only keeps together what is read together.
 * Nothing is written twice under a name or changed, so that runs may share a folder; nothing is
 * deleted: how long scores are kept is for the bucket's rules, and one that is gone is made again.
 */
public final class ItemStore {
  private static final Logger LOG = LoggerFactory.getLogger(ItemStore.class);
  private static final String SUFFIX = ".json";
  private static final int NAME = 32;

  private final ObjectStore store;
  private final StoreUri folder;

  /**
   * @param folder of the scores, which runs share
   */
  public ItemStore(ObjectStore store, StoreUri folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * Some items of a model. The key is written out, so that a block says what it is of.
   *
   * @param of the model and how it was run
   * @param items by the digest of what was asked
   */
  record Block(ModelKey of, Map<String, ItemScore> items) {}

  /**
   * All that is known of a model's answers to a task, by the digest of what was asked. What is
   * damaged, or is of another model than its place says, is left aside.
   *
   * @param task name in result files
   */
  public Map<String, ItemScore> found(ModelKey model, String task) {
    var found = new HashMap<String, ItemScore>();
    for (var file : store.list(place(model, task))) {
      if (file.uri().name().endsWith(SUFFIX)) {
        read(file.uri(), model, found);
      }
    }
    return found;
  }

  private void read(StoreUri uri, ModelKey model, Map<String, ItemScore> found) {
    try {
      var bytes = store.read(uri);
      if (!uri.name().equals(name(bytes))) {
        LOG.warn("{} is damaged; what it held is scored again", uri);
        return;
      }
      var block = Json.read(bytes, Block.class, uri.toString());
      if (block.of.equals(model)) {
        found.putAll(block.items);
      }
    } catch (RunFault e) {
      LOG.warn("Scoring again what is in {}: {}", uri, e.getMessage());
    }
  }

  /** Keeps items of a task. */
  public void keep(ModelKey model, String task, Map<String, ItemScore> items) {
    var bytes = Json.bytes(new Block(model, new TreeMap<>(items)));
    store.put(place(model, task).child(name(bytes)), bytes);
  }

  private StoreUri place(ModelKey model, String task) {
    return folder.child(model.folder()).child(task);
  }

  private static String name(byte[] block) {
    return Digests.sha256(block).substring(0, NAME) + SUFFIX;
  }
}
