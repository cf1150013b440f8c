package dev.keizoku.trainer.report;

import dev.keizoku.contract.train.TrainRun;
import java.util.List;
import java.util.Map;

/**
 * What the report and the model card tell of a run.
 *
 * @param run as it was given
 * @param tool program and version
 * @param steps optimizer steps done
 * @param exportedStep step whose model is exported; null when a guard ended the run
 * @param tokens tokens trained on
 * @param parameters number of trained parameters
 * @param perplexities rows of name, before, after
 * @param corpora name and manifest digest of each corpus
 * @param leftOut sentences on documents that were not trained on
 */
public record RunSummary(
    TrainRun run,
    String tool,
    long steps,
    Long exportedStep,
    long tokens,
    long parameters,
    List<Perplexity> perplexities,
    Map<String, String> corpora,
    List<String> leftOut) {

  /**
   * A held-out set.
   *
   * @param before at step 0
   * @param after at the exported step; at the last measured one when nothing is exported
   */
  public record Perplexity(String name, double before, double after) {}
}
