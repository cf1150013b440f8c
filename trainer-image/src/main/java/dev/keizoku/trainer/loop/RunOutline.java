package dev.keizoku.trainer.loop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.model.ModelConfig;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.Manifest;
import dev.keizoku.storage.ObjectStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a plan needs to know of a run's model and corpora. Read from their configurations, headers,
 * tokenizers and manifests: no weight and no token is fetched. What training would refuse about
 * them is refused here, with the same sentence.
 *
 * @param configJson the model's {@code config.json}
 * @param stepsPerEpoch optimizer steps of one pass over the corpora, by {@code TrainingData}'s rule
 */
public record RunOutline(Map<String, Object> configJson, double stepsPerEpoch) {

  /**
   * Reads what the run names.
   *
   * @throws RunFault user errors of the run file, the model's folder and the corpora
   */
  public static RunOutline read(TrainRun run, ObjectStore store) {
    RunCheck.check(run);
    var start = StartModel.of(run, store);
    start.requirePositions(run.sequenceLength());
    for (var data : run.data()) {
      requireCorpus(data, store);
      RunCorpora.reader(data, start, store);
    }
    for (var data : run.evaluation() == null ? List.<TrainRun.Data>of() : run.evaluation()) {
      RunCorpora.reader(data, start, store);
    }
    return new RunOutline(start.configJson(), stepsPerEpoch(run, store));
  }

  /** The same with a configuration at hand: only the corpora's manifests are read. */
  public static RunOutline read(TrainRun run, ObjectStore store, Map<String, Object> configJson) {
    RunCheck.check(run);
    return new RunOutline(
        configJson, run.training().epochs() == null ? 0 : stepsPerEpoch(run, store));
  }

  /** The same with the length of the corpora at hand too: nothing is read. */
  public static RunOutline of(TrainRun run, long tokens, Map<String, Object> configJson) {
    RunCheck.check(run);
    return new RunOutline(
        configJson, tokens / run.sequenceLength() / (double) run.training().globalBatchSize());
  }

  /** The model. */
  public ModelConfig config() {
    return ModelConfig.of(configJson);
  }

  private static double stepsPerEpoch(TrainRun run, ObjectStore store) {
    var sequences = run.data().stream().mapToLong(data -> sequences(run, data, store)).toArray();
    double batch = run.training().globalBatchSize();
    if (run.data().stream().allMatch(data -> data.weight() == null)) {
      return Arrays.stream(sequences).sum() / batch;
    }
    // With weights an epoch is one pass over the first corpus.
    var weights = run.data().stream().mapToDouble(d -> d.weight() == null ? 1 : d.weight());
    var first = run.data().getFirst().weight();
    return sequences[0] * weights.sum() / (first == null ? 1 : first) / batch;
  }

  private static long sequences(TrainRun run, TrainRun.Data data, ObjectStore store) {
    var sequences = requireCorpus(data, store) / run.sequenceLength();
    if (sequences == 0) {
      throw RunFault.userError(
          "CorpusTooSmall",
          "The corpus %s has less than one sequence of %d tokens; shorten sequenceLength or add text."
              .formatted(data.name(), run.sequenceLength()));
    }
    return sequences;
  }

  /** Tokens of a corpus; what is no corpus at all is said so, instead of failing at some field. */
  private static long requireCorpus(TrainRun.Data data, ObjectStore store) {
    var manifest = Manifest.readChecked(store, data.uri(), data.sha256());
    var tokens = Json.read(manifest, JsonNode.class, data.uri()).path("train").path("tokens");
    if (tokens.isMissingNode()) {
      throw RunFault.userError(
          "NotACorpus", data.uri() + " is not the manifest of a corpus version.");
    }
    return tokens.asLong();
  }
}
