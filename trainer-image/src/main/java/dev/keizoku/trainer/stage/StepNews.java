package dev.keizoku.trainer.stage;

import dev.keizoku.program.ProgressBoard;
import dev.keizoku.trainer.parallel.StepGradients;
import dev.keizoku.trainer.report.MetricsLog;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what each step gave.
 *
 * @param log of the run, gets a line a step
 * @param progress where the newest step is told
 * @param sourceNames name of each corpus, by its index
 * @param totalSteps of the run
 */
public record StepNews(
    MetricsLog log, ProgressBoard progress, List<String> sourceNames, long totalSteps) {
  private static final Logger LOG = LoggerFactory.getLogger(StepNews.class);

  /**
   * A step changed the weights.
   *
   * @param step number of the step, from 1 on
   * @param rate its learning rate
   */
  public void updated(long step, StepGradients gradients, double rate, double tokensPerSecond) {
    var values = new TreeMap<String, Double>();
    values.put("loss", gradients.loss());
    values.put("learningRate", rate);
    values.put("gradNorm", gradients.norm());
    if (sourceNames.size() > 1) {
      gradients
          .sourceLosses()
          .forEach((source, loss) -> values.put("loss/" + sourceNames.get(source), loss));
    }
    log.step(step, values);
    values.forEach(progress::metric);
    progress.metric("tokensPerSecond", tokensPerSecond);
    LOG.info(
        "Step {}/{}: loss {}, learning rate {}, gradient norm {}, {} tokens/s",
        step,
        totalSteps,
        String.format(Locale.ROOT, "%.5f", gradients.loss()),
        String.format(Locale.ROOT, "%.3e", rate),
        String.format(Locale.ROOT, "%.4f", gradients.norm()),
        Math.round(tokensPerSecond));
  }
}
