package dev.keizoku.trainer.data;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.Guards.OnHeldOut;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.storage.tokens.DocumentKeys.Key;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents that one corpus of a training trains on and another holds out: measured on them, a
 * perplexity would be that of text that was learned.
 *
 * @param corpus whose training split has them
 * @param heldOutBy names of the others, sorted
 * @param documents their numbers in the training split
 * @param tokens how many they have
 */
public record HeldOutOverlap(String corpus, Set<String> heldOutBy, BitSet documents, long tokens) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldOutOverlap.class);

  /**
   * Looks for them.
   *
   * @param trained the corpora of {@code data}, by name
   * @param measured those of {@code evaluation}
   * @return of those corpora of {@code trained} that have such documents, in their order
   * @throws RunFault user error {@code HeldOutTrainedOn} when there are any and they are refused
   */
  public static List<HeldOutOverlap> find(
      Map<String, CorpusReader> trained, Map<String, CorpusReader> measured, OnHeldOut action) {
    var all = new LinkedHashMap<>(measured);
    all.putAll(trained);
    if (all.size() < 2) {
      return List.of();
    }
    var heldOut = heldOut(all);
    if (heldOut.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<HeldOutOverlap>();
    trained.forEach((name, reader) -> found.add(of(name, reader, heldOut)));
    found.removeIf(overlap -> overlap.documents.isEmpty());
    if (action == OnHeldOut.REFUSE && !found.isEmpty()) {
      throw RunFault.userError(
          Reason.HELD_OUT_TRAINED_ON,
          found.getFirst().sentence("are trained on")
              + " Build the corpora with heldOut.carriedFrom, or set guards.heldOutOverlap to"
              + " Drop.");
    }
    return found;
  }

  // Names of the corpora that hold a document out, by its key.
  private static Map<Key, Set<String>> heldOut(Map<String, CorpusReader> all) {
    var heldOut = new HashMap<Key, Set<String>>();
    all.forEach(
        (name, reader) -> {
          if (reader.manifest().heldOut().documents() > 0) {
            heldOutKeys(name, reader)
                .forEach(key -> heldOut.computeIfAbsent(key, k -> new HashSet<>()).add(name));
          }
        });
    return heldOut;
  }

  private static Set<Key> heldOutKeys(String name, CorpusReader reader) {
    var keys = new HashSet<Key>();
    warnUnless(
        reader.heldOutKeys(
            (document, key) -> {
              if (document == 0) {
                keys.clear();
              }
              keys.add(key);
            }),
        name);
    return keys;
  }

  private static void warnUnless(boolean known, String name) {
    if (!known) {
      LOG.warn(
          "The corpus {} is of a release that kept no keys: what it shares with others is not"
              + " known",
          name);
    }
  }

  private static HeldOutOverlap of(
      String name, CorpusReader reader, Map<Key, Set<String>> heldOut) {
    var documents = new BitSet();
    var by = new TreeSet<String>();
    warnUnless(
        reader.trainKeys(
            (document, key) -> {
              if (document == 0) {
                documents.clear();
                by.clear();
              }
              // A corpus keeps its own two splits apart; where it does not want to, that is said.
              for (var other : heldOut.getOrDefault(key, Set.of())) {
                if (!other.equals(name)) {
                  documents.set(document);
                  by.add(other);
                }
              }
            }),
        name);
    if (documents.isEmpty()) {
      return new HeldOutOverlap(name, by, documents, 0);
    }
    var lengths = reader.trainLengths();
    var tokens = documents.stream().mapToLong(document -> lengths[document]).sum();
    return new HeldOutOverlap(name, by, documents, tokens);
  }

  /** For log, event and report. */
  public String sentence() {
    return sentence("are not trained on");
  }

  private String sentence(String fate) {
    return "%d documents of the corpus %s (%d tokens) %s: %s has them held out."
        .formatted(documents.cardinality(), corpus, tokens, fate, String.join(", ", heldOutBy));
  }
}
