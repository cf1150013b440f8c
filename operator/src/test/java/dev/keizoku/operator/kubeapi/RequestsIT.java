package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run costs the API server. */
class RequestsIT {
  private static final int AT_MOST = 20;
  private static final int ANSWERS = 5;

  @RegisterExtension private final Scene scene = new Scene();

  @BeforeEach
  void begin() {
    scene.stopOperator();
    // Longer than a busy machine takes for all of it.
    scene.startOperator(Map.of("keizoku.progress.write-interval", "1h"));
    scene.apply(FinCorpus.class, Manifests.CORPUS);
  }

  @Test
  void aRunMakesFewRequestsHoweverMuchItsProgramSays() {
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    for (int step = 1; step <= ANSWERS; step++) {
      says(uid, step);
    }
    var told = scene.get(FinCorpus.class, "finance").runStatus().progress();
    assertThat(told.step()).as("the status does not").isEqualTo(1);
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(scene.requests()).isLessThanOrEqualTo(AT_MOST);
  }

  @Test
  void aPlanThatWasToldIsNotAskedForWhenItsPodIsGone() {
    scene.buildCorpus("abab", 1);
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var uid = scene.uid("tuned");
    var plan = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.jobs.end(plan, 0, Manifests.planReport(uid, true, "Planned", "It fits."));
    scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    says(uid, 1);
    scene.await(ContinualPretrain.class, "tuned", run -> run.runStatus().progress() != null);
    scene.pods.remove(plan);
    int before = scene.requests();
    for (int step = 2; step <= ANSWERS; step++) {
      says(uid, step);
    }
    assertThat(scene.requests()).isEqualTo(before);
  }

  private void says(String uid, int step) {
    scene.program.says(progress(uid, step));
    double done = step / (double) ANSWERS;
    Awaitility.await("metrics show all").until(() -> done() == done);
  }

  private double done() {
    var gauge =
        scene
            .operator()
            .meters()
            .find("keizoku_run_progress_ratio")
            .tag("namespace", scene.namespace)
            .gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  private static ProgressReport progress(String uid, long step) {
    return new ProgressReport(
        uid,
        "tokenize",
        step,
        (long) ANSWERS,
        "documents",
        9L,
        Map.of("documentsPerSecond", 10.0),
        null,
        Instant.now().toString(),
        null);
  }
}
