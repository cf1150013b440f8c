package dev.keizoku.eval.plan;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores of finished tasks, kept beside the output while a run is not finished, so that the next
 * attempt goes on. A block is found by what it was made from: the model's content, the number type,
 * how texts begin and the requests.
 */
public final class PartialScores {
  private static final Logger LOG = LoggerFactory.getLogger(PartialScores.class);
  private static final String FOLDER = "partial";
  // Another number when scores of the same requests may come out differently.
  private static final String SCORER = "3";

  private final ObjectStore store;
  private final StoreUri folder;
  private final DataType type;
  private final Boolean addBosToken;

  /**
   * @param run says where the output is and how texts begin
   * @param type that the models are run in
   */
  public PartialScores(ObjectStore store, EvalRun run, DataType type) {
    this.store = store;
    this.folder = StoreUri.parse(run.output()).child(FOLDER);
    this.type = type;
    this.addBosToken = run.passes().addBosToken();
  }

  /** The scores of attempts before that are there and whole, by the task's name. */
  Map<String, ChoiceScores> found(ScoredModel model, List<TaskRequests> tasks) {
    var found = new LinkedHashMap<String, ChoiceScores>();
    for (var task : tasks) {
      find(model, task).ifPresent(scores -> found.put(task.name(), scores));
    }
    return found;
  }

  private Optional<ChoiceScores> find(ScoredModel model, TaskRequests task) {
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

  /** Keeps the scores of a finished task. */
  public void keep(ScoredModel model, TaskRequests task, ChoiceScores scores) {
    store.put(uri(model, task), Json.bytes(scores));
  }

  /** Forgets everything: the run is finished. */
  public void clear() {
    store.deleteFolder(folder);
  }

  private StoreUri uri(ScoredModel model, TaskRequests task) {
    var key =
        String.join(
            "\n",
            SCORER,
            type.name(),
            String.valueOf(addBosToken),
            model.sha256(),
            task.task().file().output().word(),
            task.sha256());
    var name = Digests.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return folder.child(task.name() + "-" + name + ".json");
  }
}
