package dev.keizoku.corpus.removal;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.Removals;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The documents to be taken out, by any of their names. Safe for use from many threads. */
public final class RemovalList {
  private final TreeSet<String> names;
  private final Set<String> found = ConcurrentHashMap.newKeySet();

  private RemovalList(TreeSet<String> names) {
    this.names = names;
  }

  /**
   * Reads them.
   *
   * @throws dev.keizoku.contract.fault.RunFault the store's user errors, when the file is not there
   */
  public static RemovalList read(ObjectStore store, Removals removals) {
    var names = new TreeSet<>(removals.ids());
    if (removals.uri() != null) {
      var file = new String(store.read(StoreUri.parse(removals.uri())), StandardCharsets.UTF_8);
      file.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(names::add);
    }
    return new RemovalList(names);
  }

  /** Digest of what is asked for, wherever it was written and in which order; null for nothing. */
  public String sha256() {
    return names.isEmpty()
        ? null
        : Digests.sha256(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether one of a document's names is among them. */
  public boolean contains(String... ofOne) {
    if (names.isEmpty()) {
      return false;
    }
    var named = new HashSet<>(Arrays.asList(ofOne));
    named.retainAll(names);
    found.addAll(named);
    return !named.isEmpty();
  }

  /** What to say of those that no document has, when all documents are seen. */
  public Optional<String> notFound() {
    var missing = new TreeSet<>(names);
    missing.removeAll(found);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d removals name no document of the sources, for instance '%s'; correct them"
                + " where one was meant that is still there.",
            missing.size(),
            names.size(),
            Collections.min(missing)));
  }
}
