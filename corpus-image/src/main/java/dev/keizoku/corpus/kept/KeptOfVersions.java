package dev.keizoku.corpus.kept;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which readings are kept: those that a version names which lies beside them. After a build with
 * removals only its own are, without the sources of which something was taken out: every other one
 * may hold a text that is to be nowhere.
 */
public final class KeptOfVersions {
  private static final Logger LOG = LoggerFactory.getLogger(KeptOfVersions.class);
  private static final String PATH = "inputs/readings";

  private final ObjectStore store;
  private final StoreUri output;
  private final boolean hasRemovals;

  /** What is kept where a run puts its corpus. */
  public KeptOfVersions(ObjectStore store, CorpusRun run) {
    this.store = store;
    this.output = StoreUri.parse(run.output());
    this.hasRemovals = !run.removals().isEmpty();
  }

  /** Writes into a version what it was made of: a name a line. */
  public static void write(ArtifactFolder version, List<String> names) {
    version.put(PATH, String.join("\n", names).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Deletes the others. A store that lets nothing be deleted is told of; the version is there.
   *
   * @param version folder of the one that was just built or found
   * @param told gets what could not be deleted
   */
  public void prune(StoreUri version, ProgressBoard told) {
    try {
      LOG.info("{} readings are kept no more", prune(version));
    } catch (RunFault fault) {
      var sentence = "Readings that no version needs could not be deleted: " + fault.getMessage();
      LOG.warn(sentence);
      told.notice(Reason.KEPT_NOT_DELETED, sentence);
    }
  }

  private int prune(StoreUri version) {
    var own = version.child(PATH);
    var named = new TreeSet<>(hasRemovals ? names(own) : Set.of());
    if (!hasRemovals) {
      store.list(output.child("versions/")).stream()
          .map(ObjectInfo::uri)
          .filter(uri -> uri.toString().endsWith("/" + PATH))
          .forEach(uri -> named.addAll(names(uri)));
    }
    var others =
        store.list(output.child("kept/readings/")).stream()
            .map(ObjectInfo::uri)
            .filter(uri -> !named.contains(uri.name()))
            .toList();
    others.forEach(store::delete);
    return others.size();
  }

  private Set<String> names(StoreUri uri) {
    return Set.of(new String(store.read(uri), StandardCharsets.UTF_8).split("\n"));
  }
}
