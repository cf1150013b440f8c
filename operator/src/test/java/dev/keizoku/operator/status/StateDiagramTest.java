package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.at;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.next;
import static dev.keizoku.operator.status.ScriptedRun.nothing;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static dev.keizoku.operator.status.ScriptedRun.report;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.seen;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static dev.keizoku.operator.status.ScriptedRun.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.RunReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The diagram in the README, word by word, is what the calculator does, and says all of it. */
class StateDiagramTest {
  private static final Instant LATER = T0.plusSeconds(60);
  private static final RunPolicy POLICY = policy(false, null, 3);

  private final List<String> shown = new ArrayList<>();

  /** Those words of the diagram say what is tried next. */
  private void shows(String... words) {
    shown.addAll(List.of(words));
  }

  @AfterEach
  void nothingElseIsInTheDiagram() throws IOException {
    var diagram =
        Files.readString(Path.of("../README.md"))
            .replaceFirst("(?s).*## What happens to a resource\\s+```(.*?)```.*", "$1");
    var longestFirst = shown.stream().sorted(Comparator.comparing(String::length).reversed());
    for (var words : longestFirst.toList()) {
      assertThat(diagram).contains(words);
      diagram = diagram.replace(words, "");
    }
    assertThat(diagram).containsPattern("-->").matches("[\\s<>^|+-]*");
  }

  @Test
  void isWhatTheCalculatorDoes() {
    goesItsWay();
    endsWell();
    isTriedAgain();
    fails();
    isSuspended();
  }

  private void goesItsWay() {
    shows("(applied)", "inputs not ready", "Pending");
    var missing = Inputs.missing(RunReason.CORPUS_NOT_READY, "It waits.");
    var waits = next(POLICY, RunStatus.EMPTY, seen(null, List.of(), missing, T0));
    assertThat(waits.phase()).isEqualTo(Phase.PENDING);
    assertThat(waits.attempts()).isEmpty();

    shows("Queued");
    var ordered = next(POLICY, waits, nothing(T0));
    assertThat(ordered.phase()).isEqualTo(Phase.PENDING);
    var queued = next(POLICY, ordered, suspended(ordered, null, T0));
    assertThat(queued.phase()).isEqualTo(Phase.QUEUED);

    shows("pod starts", "Running");
    assertThat(next(POLICY, queued, job(queued, Outcome.OPEN, running(), T0)).phase())
        .isEqualTo(Phase.RUNNING);
  }

  private void endsWell() {
    shows("exit 0", "Succeeded", "Ready=True");
    var done = after(POLICY, ended(0, "Completed", report("Completed", "Done."), LATER));
    assertThat(done.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(condition(done, "Ready")).isEqualTo("True");
  }

  private void isTriedAgain() {
    shows("exit 75", "backoff");
    var failed = after(POLICY, ended(75, "Error", null, LATER));
    assertThat(failed.phase()).isEqualTo(Phase.PENDING);
    assertThat(ScriptedRun.ready(failed)).isEqualTo("BackingOff");
    assertThat(failed.failures()).isEqualTo(1);

    shows("node lost, evicted,", "SIGTERM: not counted");
    for (var reason : List.of("DeletionByTaintManager", "EvictionByEvictionAPI")) {
      var loss = new ObservedPod.Loss(reason, null, LATER);
      var lost = after(POLICY, ScriptedRun.taken(loss, 143, LATER));
      assertThat(lost.phase()).isEqualTo(Phase.PENDING);
      assertThat(lost.failures()).isZero();
    }
    assertThat(after(POLICY, ended(143, "Error", null, LATER)).failures()).isZero();
  }

  private void fails() {
    shows("exit 42", "Failed", "Stalled=True,", "says what to do", "(never retried)");
    var refused = after(POLICY, ended(42, "Error", report("BucketNotFound", "Make it."), LATER));
    assertThat(refused.phase()).isEqualTo(Phase.FAILED);
    assertThat(condition(refused, "Stalled")).isEqualTo("True");
    assertThat(refused.message()).isEqualTo("Make it.");
    var muchLater = next(POLICY, refused, nothing(LATER.plusSeconds(86_400)));
    assertThat(muchLater.phase()).isEqualTo(Phase.FAILED);
    assertThat(muchLater.attempts()).hasSize(1);

    shows("backoffLimit, activeDeadlineSeconds,", "stallTimeoutSeconds");
    var once = policy(false, null, 0);
    assertThat(after(once, ended(75, "Error", null, LATER)).phase()).isEqualTo(Phase.FAILED);
    assertThat(after(policy(false, 30L, 3), running()).phase()).isEqualTo(Phase.FAILED);
    assertThat(standsStill(once).phase()).isEqualTo(Phase.FAILED);
  }

  private void isSuspended() {
    shows("suspend: Suspended, goes on from the newest checkpoint");
    var stopped = after(policy(true, null, 3), saved(LATER), running(), LATER);
    assertThat(stopped.phase()).isEqualTo(Phase.SUSPENDED);
    var goesOn = next(POLICY, stopped, nothing(LATER.plusSeconds(60)));
    assertThat(goesOn.openAttempt().map(Attempt::resumedFromStep)).contains(20L);
  }

  private static RunStatus standsStill(RunPolicy policy) {
    var late = T0.plusSeconds(policy.stallTimeoutSeconds() + 1);
    return after(policy, saved(T0), running(), late);
  }

  private static RunStatus after(RunPolicy policy, ObservedPod pod) {
    return after(policy, Optional.empty(), pod, LATER);
  }

  private static RunStatus after(
      RunPolicy policy, Optional<HeardProgress> heard, ObservedPod pod, Instant now) {
    var started = started();
    var outcome = pod.terminal() ? Outcome.FAILED : Outcome.OPEN;
    var seen = job(started, outcome, pod, now);
    return next(policy, started, at(heard, seen));
  }

  private static Optional<HeardProgress> saved(Instant since) {
    return Optional.of(
        new HeardProgress(
            new ProgressReport("uid-hash", "train", 20, 100L, "steps", null, null, 20L, null, null),
            since));
  }
}
