package dev.keizoku.eval.items;

import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores of single items in the object store, for every run that comes after: {@code
 * FOLDER/MODEL/TASK/BLOCK.json}, where MODEL is a digest of a {@link ModelKey} and BLOCK one of the
 * block's own bytes. An item is known by a digest of what was asked ({@link
 * dev.keizoku.eval.request.Request}), the task's name only keeps together what is read together.
 */
public final class ItemStore {
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
    for (var block : blocks(model, task).all()) {
      if (block.of.equals(model)) {
        found.putAll(block.items);
      }
    }
    return found;
  }

  /** Keeps items of a task. */
  public void keep(ModelKey model, String task, Map<String, ItemScore> items) {
    blocks(model, task).add(new Block(model, new TreeMap<>(items)));
  }

  private Blocks<Block> blocks(ModelKey model, String task) {
    return new Blocks<>(store, folder.child(model.folder()).child(task), Block.class);
  }
}
