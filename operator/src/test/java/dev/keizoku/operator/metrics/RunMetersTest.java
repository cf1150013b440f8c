package dev.keizoku.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunMetersTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  private static final String QUEUED =
      """
      phase: Queued
      conditions:
      - {type: Queued, status: "True", reason: WaitingForQuota, lastTransitionTime: "2026-01-01T00:08:30Z"}
      attempts: [{number: 1, job: tuned-1, startTime: "2026-01-01T00:08:00Z"}]
      """;

  private static final String RUNNING =
      """
      phase: Running
      runUid: run-1
      progress:
        stage: training
        step: 30
        totalSteps: 120
        progressPercentage: 25
        metrics: {loss: 2.5, tokensPerSecond: 900, "loss/finance": 1.0}
        lastProgressTime: "2026-01-01T00:09:50Z"
      lastCheckpoint: {step: 20, time: "2026-01-01T00:09:00Z"}
      attempts: [{number: 1, job: tuned-1, startTime: "2026-01-01T00:08:00Z"}]
      """;

  private static final String ENDED =
      """
      phase: Succeeded
      activeSeconds: 300
      gpuSeconds: 1200
      attempts:
      - {number: 1, job: tuned-1, startTime: "2026-01-01T00:08:00Z", endTime: "2026-01-01T00:15:00Z",
         reason: %s}
      """;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RunMeters meters = new RunMeters(registry);

  private Optional<HeardProgress> said = Optional.empty();

  private void change(String before, String after) throws Exception {
    var resource = new ContinualPretrain();
    resource.getMetadata().setName("tuned");
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setUid("uid-1");
    resource.getMetadata().setGeneration(1L);
    var run = YAML.readValue(before, RunStatus.class);
    resource = withStatus(resource, run);
    meters.changed(resource, YAML.readValue(after, RunStatus.class), NOW, () -> said);
  }

  private static ContinualPretrain withStatus(ContinualPretrain resource, RunStatus run) {
    resource.setStatus(
        new dev.keizoku.crd.v1alpha1.status.ContinualPretrainStatus(run, null, null, null));
    return resource;
  }

  private double gauge(String name) {
    return registry.get(name).tags("namespace", "team-a", "name", "tuned").gauge().value();
  }

  @Test
  void theTimeInAQueueIsTakenWhenItEnds() throws Exception {
    change(QUEUED, QUEUED);
    assertThat(registry.find("keizoku_queue_wait").timer()).isNull();
    change(QUEUED, RUNNING);
    assertThat(registry.get("keizoku_queue_wait").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(90);
  }

  @Test
  void aRunThatGoesOnShowsWhereItIsAndTakesItsGaugesAlong() throws Exception {
    change(RUNNING, RUNNING);
    assertThat(gauge("keizoku_run_progress_ratio")).isEqualTo(0.25);
    assertThat(gauge("keizoku_run_stalled")).isZero();
    assertThat(gauge("keizoku_train_step")).isEqualTo(30);
    assertThat(gauge("keizoku_train_loss")).isEqualTo(2.5);
    assertThat(gauge("keizoku_train_tokens_per_second")).isEqualTo(900);
    assertThat(gauge("keizoku_checkpoint_age_seconds")).isPositive();
    change(RUNNING, ENDED.formatted("Completed"));
    assertThat(registry.getMeters()).noneMatch(meter -> meter.getId().getTag("name") != null);
  }

  @Test
  void whatTheProgramHasSaidSinceItsStatusIsShown() throws Exception {
    change(RUNNING, RUNNING);
    said = heard("run-1", 60);
    assertThat(gauge("keizoku_train_step")).isEqualTo(60);
    assertThat(gauge("keizoku_train_loss")).isEqualTo(1.5);
    assertThat(gauge("keizoku_run_progress_ratio")).isEqualTo(0.5);
    said = heard("another", 90);
    assertThat(gauge("keizoku_train_step")).isEqualTo(30);
  }

  private static Optional<HeardProgress> heard(String runUid, long step) {
    var metrics = Map.of("loss", 1.5);
    return Optional.of(
        new HeardProgress(
            new ProgressReport(
                runUid, "training", step, 120L, "steps", null, metrics, null, null, null),
            NOW));
  }

  @Test
  void aDeletedRunTakesItsGaugesAlong() throws Exception {
    change(RUNNING, RUNNING);
    meters.gone("uid-1");
    assertThat(registry.getMeters()).noneMatch(meter -> meter.getId().getTag("name") != null);
  }

  @Test
  void devicesAreCountedByTheSecondWhenAnAttemptHasEnded() throws Exception {
    change(RUNNING, ENDED.formatted("Completed"));
    change(ENDED.formatted("Completed"), ENDED.formatted("Completed"));
    assertThat(registry.get("keizoku_gpu_seconds").tag("namespace", "team-a").counter().count())
        .isEqualTo(1200);
    assertThat(registry.get("keizoku_attempts").tag("reason", "Completed").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("keizoku_run_transitions").tag("phase", "SUCCEEDED").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aWordThatNobodyKnowsIsNoLabel() throws Exception {
    change(RUNNING, ENDED.formatted("SomethingAProgramMadeUp"));
    assertThat(registry.get("keizoku_attempts").tag("reason", "Other").counter().count())
        .isEqualTo(1);
  }
}
