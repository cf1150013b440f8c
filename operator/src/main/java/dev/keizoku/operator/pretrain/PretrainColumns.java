package dev.keizoku.operator.pretrain;

import dev.keizoku.contract.result.TrainResult;
import dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus.Columns;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.run.Readable;
import java.util.Locale;
import java.util.Optional;

/** The columns of {@code kubectl get cpt}. */
final class PretrainColumns {
  private PretrainColumns() {}

  static Columns of(String gpus, RunStatus run, TrainResult result) {
    if (result != null) {
      return new Columns(
          result.steps() + "/" + result.steps(), "100%", loss(result.finalLoss()), null, gpus);
    }
    var progress = run.progress();
    if (progress == null) {
      return new Columns(null, null, null, null, gpus);
    }
    var loss = Optional.ofNullable(progress.metrics()).map(m -> m.get("loss")).orElse(null);
    return new Columns(
        progress.totalSteps() == null
            ? progress.step().toString()
            : progress.step() + "/" + progress.totalSteps(),
        Readable.percent(progress.progressPercentage()),
        loss(loss),
        run.phase() == Phase.RUNNING
            ? Readable.duration(progress.estimatedRemainingSeconds())
            : null,
        gpus);
  }

  private static String loss(Double loss) {
    return loss == null ? null : String.format(Locale.ROOT, "%.4f", loss);
  }
}
