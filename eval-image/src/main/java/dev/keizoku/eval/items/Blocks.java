package dev.keizoku.eval.items;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks of JSON in a folder of the object store, each under a digest of its own bytes. Nothing is
 * written twice under a name or changed, so that runs may share a folder; nothing is deleted: how
 * long blocks are kept is for the bucket's rules, and one that is gone is made again.
 *
 * @param <T> a block
 */
public final class Blocks<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);
  private static final String SUFFIX = ".json";
  private static final int NAME = 32;

  private final ObjectStore store;
  private final StoreUri folder;
  private final Class<T> type;

  /** Blocks of a folder, which need not be there. */
  public Blocks(ObjectStore store, StoreUri folder, Class<T> type) {
    this.store = store;
    this.folder = folder;
    this.type = type;
  }

  /** All of them; what is damaged is left aside. */
  public List<T> all() {
    var blocks = new ArrayList<T>();
    for (var file : store.list(folder)) {
      if (file.uri().name().endsWith(SUFFIX)) {
        read(file.uri(), blocks);
      }
    }
    return blocks;
  }

  private void read(StoreUri uri, List<T> blocks) {
    try {
      var bytes = store.read(uri);
      if (uri.name().equals(name(bytes))) {
        blocks.add(Json.read(bytes, type, uri.toString()));
      } else {
        LOG.warn("{} is damaged; what it held is asked again", uri);
      }
    } catch (RunFault e) {
      LOG.warn("Asking again for what is in {}: {}", uri, e.getMessage());
    }
  }

  /** Keeps one more. */
  public void add(T block) {
    var bytes = Json.bytes(block);
    store.put(folder.child(name(bytes)), bytes);
  }

  private static String name(byte[] block) {
    return Digests.sha256(block).substring(0, NAME) + SUFFIX;
  }
}
