package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.EpochLength;
import dev.keizoku.trainer.data.HeldOutOverlap;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.plan.Reads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plan needs to know of a run's model and corpora. Read from their configurations, headers,
 * tokenizers, manifests and keys of documents: no token is fetched. What training would refuse
 * about them is refused here, with the same sentence; for that the begin of every tensor of a base
 * model is read. The rest of them is checked when it is loaded.
 *
 * @param configJson the model's {@code config.json}
 * @param stepsPerEpoch optimizer steps of one pass over the corpora, see {@link EpochLength}
 * @param epoch how long a pass over the corpora is; null when they were not looked at
 * @param reads what is read before the first step, as far as it was looked at
 */
public record RunOutline(
    Map<String, Object> configJson, double stepsPerEpoch, EpochLength epoch, Reads reads) {
  private static final Logger LOG = LoggerFactory.getLogger(RunOutline.class);

  /**
   * Reads what the run names.
   *
   * @throws RunFault user errors of the run file, the model's folder and the corpora
   */
  public static RunOutline read(TrainRun run, ObjectStore store) {
    Check.require(run);
    var start = StartModel.of(run, store);
    start.requirePositions(run.training().sequenceLength());
    var corpora = RunCorpora.readers(run.data(), data -> RunCorpora.reader(data, start, store));
    var measured =
        RunCorpora.readers(run.evaluation(), data -> RunCorpora.reader(data, start, store));
    var overlaps = HeldOutOverlap.find(corpora, measured, run.guards().heldOutOverlap());
    overlaps.forEach(overlap -> LOG.warn(overlap.sentence()));
    start.checkWeights();
    var inputs = new LinkedHashMap<>(measured);
    inputs.putAll(corpora);
    return of(run, start.configJson(), corpora, overlaps)
        .reading(new Reads(start.readBytes(), bytes(inputs.values())));
  }

  /** The same with a configuration at hand: only the corpora's manifests are read. */
  public static RunOutline read(TrainRun run, ObjectStore store, Map<String, Object> configJson) {
    check(run, configJson);
    if (run.training().epochs() == null) {
      return new RunOutline(configJson, 0, null, new Reads(asStored(run, configJson), 0));
    }
    var corpora =
        RunCorpora.readers(
            run.data(),
            data -> CorpusReader.open(store, StoreUri.parse(data.uri()), data.sha256()));
    return of(run, configJson, corpora, List.of())
        .reading(new Reads(asStored(run, configJson), bytes(corpora.values())));
  }

  /** Base models are stored in bf16 nearly always; a hub's are read twice. */
  private static long asStored(TrainRun run, Map<String, Object> configJson) {
    if (run.baseModel() == null) {
      return 0;
    }
    var reads = StoreUri.parse(run.baseModel().uri()) instanceof HubUri ? 2 : 1;
    return reads * 2 * ModelConfig.of(configJson).parameters();
  }

  private static long bytes(Collection<CorpusReader> corpora) {
    return corpora.stream()
        .map(CorpusReader::manifest)
        .mapToLong(manifest -> manifest.train().bytes() + manifest.heldOut().bytes())
        .sum();
  }

  private RunOutline reading(Reads all) {
    return new RunOutline(configJson, stepsPerEpoch, epoch, all);
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

  /** Tokens of a step; empty when the corpora were not looked at. */
  public Optional<Long> tokensPerStep(TrainRun run) {
    return Optional.ofNullable(epoch)
        .map(e -> Math.round(e.tokensPerSequence() * run.training().globalBatchSize()));
  }

  private static RunOutline of(
      TrainRun run,
      Map<String, Object> configJson,
      Map<String, CorpusReader> corpora,
      List<HeldOutOverlap> overlaps) {
    var packing = SequencePacking.of(run);
    var sizes = new ArrayList<EpochLength.Size>();
    for (var data : run.data()) {
      var reader = corpora.get(data.name());
      var left = overlaps.stream().filter(o -> o.corpus().equals(data.name())).findFirst();
      sizes.add(
          packing.size(
              data.name(),
              reader.manifest().train().tokens() - left.map(HeldOutOverlap::tokens).orElse(0L),
              () -> lengths(reader, left),
              data.weight()));
    }
    var epoch = EpochLength.of(sizes, packing.length());
    return new RunOutline(
        configJson, epoch.steps(run.training().globalBatchSize()), epoch, Reads.UNKNOWN);
  }

  // How documents fit into sequences depends on the length of each.
  private static int[] lengths(CorpusReader reader, Optional<HeldOutOverlap> left) {
    var lengths = reader.trainLengths();
    left.ifPresent(overlap -> overlap.documents().stream().forEach(n -> lengths[n] = 0));
    return lengths;
  }
}
