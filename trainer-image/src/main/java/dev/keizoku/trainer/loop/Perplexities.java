package dev.keizoku.trainer.loop;

import dev.keizoku.program.ProgressBoard;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Perplexities of held-out sets, told as soon as each is known.
 *
 * @param trainer whose model is measured
 * @param progress where they are shown
 */
record Perplexities(DataParallelTrainer trainer, ProgressBoard progress) {
  private static final Logger LOG = LoggerFactory.getLogger(Perplexities.class);

  /**
   * Measures the sets.
   *
   * @param step for the log
   * @param before done before each set: the run may be asked to leave
   * @return by the sets' names
   */
  SortedMap<String, Double> of(List<HeldOutSet> sets, long step, Runnable before) {
    var sequences = sets.stream().mapToLong(set -> set.sequences().size()).sum();
    progress.begin("evaluate", "sequences", 0, sequences);
    var perplexities = new TreeMap<String, Double>();
    for (var set : sets) {
      before.run();
      var perplexity = Math.exp(trainer.meanLoss(set, progress::add));
      perplexities.put(set.name(), perplexity);
      progress.metric("perplexity/" + set.name(), perplexity);
      LOG.info(
          "Step {}: perplexity of {} is {}",
          step,
          set.name(),
          String.format(Locale.ROOT, "%.3f", perplexity));
    }
    return perplexities;
  }
}
