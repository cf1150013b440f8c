package dev.keizoku.operator.eval;

import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.crd.v1alpha1.status.BenchmarkEvalStatus.Columns;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.run.Readable;
import java.util.Locale;
import java.util.Optional;

/** The columns of {@code kubectl get be}. */
final class EvalColumns {
  private EvalColumns() {}

  /**
   * @param confidence level at which a difference is told
   */
  static Columns of(
      RunStatus run, EvalResult result, Optional<GateJudgement> judgement, double confidence) {
    var progress =
        run.progress() == null ? null : Readable.percent(run.progress().progressPercentage());
    var gate = judgement.map(j -> j.verdict().outcome().name()).orElse(finished(run) ? "-" : null);
    if (result == null || result.overall() == null || result.overall().isEmpty()) {
      return progress == null && gate == null
          ? null
          : new Columns(null, null, null, null, gate, progress);
    }
    var score = result.overall().getFirst();
    return new Columns(
        format("%.4f", score.base()),
        format("%.4f", score.tuned()),
        format("%+.4f", score.delta())
            + " ["
            + format("%+.4f", score.ciLow())
            + ","
            + format("%+.4f", score.ciHigh())
            + "]",
        shown(result, score, confidence) ? "yes" : "no",
        gate,
        progress);
  }

  /** By the test that the page speaks by; an older release told the interval alone. */
  private static boolean shown(EvalResult result, EvalResult.Score score, double confidence) {
    var summaries = result.summaries();
    var p = summaries == null || summaries.isEmpty() ? null : summaries.getFirst().p();
    return p == null ? score.ciLow() > 0 || score.ciHigh() < 0 : p <= 1 - confidence;
  }

  private static boolean finished(RunStatus run) {
    return run.phase() != null && run.phase().finished();
  }

  private static String format(String pattern, double number) {
    return String.format(Locale.ROOT, pattern, number);
  }
}
