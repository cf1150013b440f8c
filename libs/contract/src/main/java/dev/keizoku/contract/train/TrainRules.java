package dev.keizoku.contract.train;

import dev.keizoku.contract.train.Training.Export;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the settings of a training have to fit each other: each rule's sentence, what the API server
 * asks (CEL, on the resource's spec) and what the trainer asks (on its run file).
 */
public final class TrainRules {
  /** A length is given. */
  public static final String LENGTH = "set epochs, maxSteps or both (then whichever ends first)";

  public static final String LENGTH_CEL = "has(self.epochs) || has(self.maxSteps)";

  /** The batch can be divided. */
  public static final String BATCH =
      "globalBatchSize must be a multiple of microBatchSize x parallelism.devices";

  public static final String BATCH_CEL =
      "self.globalBatchSize % (self.microBatchSize * self.parallelism.devices) == 0";

  /** The schedule goes down. */
  public static final String RATES = "minLearningRate must not be above learningRate";

  public static final String RATES_CEL = "self.minLearningRate <= self.learningRate";

  /** The best of something. */
  public static final String BEST_OF =
      "export: best chooses among the evaluations: set evaluationSteps";

  public static final String BEST_OF_CEL =
      "!has(self.export) || self.export != 'best' || has(self.evaluationSteps)";

  /** The best is still there. */
  public static final String BEST_KEPT =
      "export: best needs its checkpoint: set checkpoint.keepBest to 1 or more";

  public static final String BEST_KEPT_CEL =
      "!has(self.export) || self.export != 'best' || self.checkpoint.keepBest >= 1";

  /** Every token of a sequence has a position. */
  public static final String POSITIONS =
      "sequenceLength must not be above initialize.config.maxPositionEmbeddings";

  public static final String POSITIONS_CEL =
      "!has(self.initialize)"
          + " || self.sequenceLength <= self.initialize.config.maxPositionEmbeddings";

  /** The set that is watched is measured at all. */
  public static final String WATCHED =
      "guards.forgetting.heldOut must be the name of a corpus of data or evaluation";

  public static final String WATCHED_CEL =
      "!has(self.guards) || !has(self.guards.forgetting)"
          + " || self.data.exists(d, d.corpusRef.name == self.guards.forgetting.heldOut)"
          + " || (has(self.evaluation)"
          + " && self.evaluation.exists(e, e.corpusRef.name == self.guards.forgetting.heldOut))";

  /** It is measured more than once. */
  public static final String WATCHED_OFTEN =
      "guards.forgetting looks at each evaluation: set evaluationSteps";

  public static final String WATCHED_OFTEN_CEL =
      "!has(self.guards) || !has(self.guards.forgetting) || has(self.evaluationSteps)";

  /** A mixture is said or not said. */
  public static final String WEIGHTS =
      "set data[].weight for every corpus, or for none (then they are mixed by their tokens)";

  public static final String WEIGHTS_CEL =
      "self.data.all(d, has(d.weight)) || !self.data.exists(d, has(d.weight))";

  /** A name stands for one corpus. */
  public static final String NAMES = "every corpus of data may be listed once";

  public static final String NAMES_CEL =
      "self.data.all(d, self.data.exists_one(e, e.corpusRef.name == d.corpusRef.name))";

  /** Documents that are fitted are kept apart. */
  public static final String PACKING =
      "packing.strategy: bfd keeps documents apart: unset packing.crossDocuments";

  public static final String PACKING_CEL =
      "!has(self.packing) || self.packing.strategy != 'bfd' || !self.packing.crossDocuments";

  private TrainRules() {}

  static Map<String, Boolean> of(TrainRun run) {
    var training = run.training();
    var forgetting = run.guards().forgetting();
    boolean best = training.export() == Export.BEST;
    var rules = new LinkedHashMap<String, Boolean>();
    rules.put(LENGTH, training.epochs() != null || training.maxSteps() != null);
    rules.put(BATCH, divides(training, run.parallelism()));
    rules.put(RATES, training.minLearningRate() <= training.learningRate());
    rules.put(BEST_OF, !best || training.evaluationSteps() != null);
    rules.put(BEST_KEPT, !best || run.checkpoint().keepBest() >= 1);
    rules.put(POSITIONS, positions(run) >= training.sequenceLength());
    rules.put(WATCHED, forgetting == null || run.names().contains(forgetting.heldOut()));
    rules.put(WATCHED_OFTEN, forgetting == null || training.evaluationSteps() != null);
    rules.put(PACKING, !run.packing().bestFit() || !run.packing().crossDocuments());
    rules.put(WEIGHTS, allOrNone(run.data()));
    rules.put(
        NAMES,
        run.data().stream().map(TrainRun.Data::name).distinct().count() == run.data().size());
    return rules;
  }

  private static int positions(TrainRun run) {
    return Optional.ofNullable(run.initialize())
        .flatMap(start -> NewModel.of(start.config()))
        .map(NewModel::maxPositionEmbeddings)
        .orElse(Integer.MAX_VALUE);
  }

  private static boolean divides(Training training, Parallelism parallelism) {
    return training.globalBatchSize() % ((long) training.microBatchSize() * parallelism.devices())
        == 0;
  }

  private static boolean allOrNone(List<TrainRun.Data> data) {
    long given = data.stream().filter(d -> d.weight() != null).count();
    return given == 0 || given == data.size();
  }
}
