package dev.keizoku.eval;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores of finished tasks, kept beside the output while a run is not finished, so that the next
 * attempt goes on. A block is found by what it was made from: the model's content and the requests.
 */
final class PartialScores {
  private static final Logger LOG = LoggerFactory.getLogger(PartialScores.class);
  private static final String FOLDER = "partial";
  // Another number when scores of the same requests may come out differently.
  private static final String SCORER = "1";

  private final ObjectStore store;
  private final StoreUri folder;

  /**
   * @param output the run's output folder
   */
  PartialScores(ObjectStore store, String output) {
    this.store = store;
    this.folder = StoreUri.parse(output).child(FOLDER);
  }

  /** The scores of an attempt before, if they are there and whole. */
  Optional<ChoiceScores> find(ScoredModel model, TaskRequests task) {
    var uri = uri(model, task);
    if (store.stat(uri).isEmpty()) {
      return Optional.empty();
    }
    try {
      var scores = Json.read(store.read(uri), ChoiceScores.class, uri.toString());
      return Optional.of(scores)
          .filter(found -> found.logLikelihoods().length == task.requests().size());
    } catch (RunFault e) {
      LOG.warn("Scoring {} again: {}", task.name(), e.getMessage());
      return Optional.empty();
    }
  }

  void keep(ScoredModel model, TaskRequests task, ChoiceScores scores) {
    store.put(uri(model, task), Json.bytes(scores));
  }

  /** Forgets everything: the run is finished. */
  void clear() {
    store.deleteFolder(folder);
  }

  private StoreUri uri(ScoredModel model, TaskRequests task) {
    var key = SCORER + "\n" + model.sha256() + "\n" + task.sha256();
    var name = Digests.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return folder.child(task.name() + "-" + name + ".json");
  }
}
