package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.EpochLength;
import dev.keizoku.trainer.plan.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a plan needs to know of a run's model and corpora. Read from their configurations, headers,
 * tokenizers and manifests: no token is fetched. What training would refuse about them is refused
 * here, with the same sentence; for that the begin of every tensor of a base model is read. The
 * rest of them is checked when it is loaded.
 *
 * @param configJson the model's {@code config.json}
 * @param stepsPerEpoch optimizer steps of one pass over the corpora, see {@link EpochLength}
 * @param epoch how long a pass over the corpora is; null when they were not looked at
 * @param reads what is read before the first step, as far as it was looked at
 */
public record RunOutline(
    Map<String, Object> configJson, double stepsPerEpoch, EpochLength epoch, Reads reads) {

  /**
   * Reads what the run names.
   *
   * @throws RunFault user errors of the run file, the model's folder and the corpora
   */
  public static RunOutline read(TrainRun run, ObjectStore store) {
    Check.require(run);
    var start = StartModel.of(run, store);
    start.requirePositions(run.training().sequenceLength());
    var corpora = run.data().stream().map(data -> RunCorpora.reader(data, start, store)).toList();
    long heldOut = 0;
    for (var data : run.evaluation() == null ? List.<TrainRun.Data>of() : run.evaluation()) {
      heldOut += RunCorpora.reader(data, start, store).manifest().heldOut().bytes();
    }
    start.checkWeights();
    return of(run, start.configJson(), corpora, new Reads(start.readBytes(), heldOut));
  }

  /** The same with a configuration at hand: only the corpora's manifests are read. */
  public static RunOutline read(TrainRun run, ObjectStore store, Map<String, Object> configJson) {
    check(run, configJson);
    if (run.training().epochs() == null) {
      return new RunOutline(configJson, 0, null, new Reads(asStored(run, configJson), 0));
    }
    var corpora =
        run.data().stream()
            .map(data -> CorpusReader.open(store, StoreUri.parse(data.uri()), data.sha256()))
            .toList();
    return of(run, configJson, corpora, new Reads(asStored(run, configJson), 0));
  }

  /** Base models are stored in bf16 nearly always. */
  private static long asStored(TrainRun run, Map<String, Object> configJson) {
    return run.baseModel() == null ? 0 : 2 * ModelConfig.of(configJson).parameters();
  }

  /** The same with the length of the corpora at hand too: nothing is read. */
  public static RunOutline of(TrainRun run, long tokens, Map<String, Object> configJson) {
    check(run, configJson);
    return new RunOutline(
        configJson,
        tokens / run.training().sequenceLength() / (double) run.training().globalBatchSize(),
        null,
        new Reads(asStored(run, configJson), Integer.BYTES * tokens));
  }

  private static void check(TrainRun run, Map<String, Object> configJson) {
    Check.require(run);
    StartModel.requirePositions(ModelConfig.of(configJson), run.training().sequenceLength());
  }

  /** How often each corpus is seen in so many steps, by name; empty when none was looked at. */
  public Map<String, Double> passes(TrainRun run, long steps) {
    return epoch == null ? Map.of() : epoch.passes(steps * run.training().globalBatchSize());
  }

  /** The model. */
  public ModelConfig config() {
    return ModelConfig.of(configJson);
  }

  private static RunOutline of(
      TrainRun run, Map<String, Object> configJson, List<CorpusReader> corpora, Reads besides) {
    var sizes = new ArrayList<EpochLength.Size>();
    for (var i = 0; i < corpora.size(); i++) {
      var data = run.data().get(i);
      var tokens = corpora.get(i).manifest().train().tokens();
      sizes.add(new EpochLength.Size(data.name(), tokens, data.weight()));
    }
    var epoch = EpochLength.of(sizes, run.training().sequenceLength());
    var bytes =
        corpora.stream()
            .map(CorpusReader::manifest)
            .mapToLong(manifest -> manifest.train().bytes() + manifest.heldOut().bytes())
            .sum();
    return new RunOutline(
        configJson,
        epoch.steps(run.training().globalBatchSize()),
        epoch,
        new Reads(besides.weightBytes(), besides.corpusBytes() + bytes));
  }
}
