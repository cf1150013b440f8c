package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.CALCULATOR;
import static dev.keizoku.operator.status.ScriptedRun.NOT_WAITING;
import static dev.keizoku.operator.status.ScriptedRun.PINNED;
import static dev.keizoku.operator.status.ScriptedRun.READY;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.pod;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is seen and edited in whatever order, some things are never said. */
class RunInvariantsTest {
  /** Of each seed; {@code make chaos} asks for more. */
  private static final int HISTORIES = Integer.getInteger("fuzz.histories", 300);

  private static final Headline REFUSED =
      new Headline(Phase.PENDING, RunReason.REFUSED, "The cluster refuses it.");

  private static final List<String> REPORTS =
      List.of(
          "{}", "no report", ScriptedRun.report("Completed", "Done."), "{\"runUid\":\"uid-a\"}");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdAlways(long seed) {
    var chance = new Random(seed);
    for (int run = 0; run < HISTORIES; run++) {
      oneRun(chance);
    }
  }

  private static void oneRun(Random chance) {
    var status = RunStatus.EMPTY;
    var now = T0;
    long generation = 1;
    var policy = policy(false, 500L, 2, null);
    var hash = "a";
    String retry = null;
    boolean plansFirst = chance.nextBoolean();
    // Programs run one after another: none has started before the one before it ended.
    var earliest = now;
    for (int look = 0; look < 40; look++) {
      now = now.plusSeconds(chance.nextInt(60));
      if (chance.nextInt(6) == 0) {
        generation++;
        policy =
            policy(
                chance.nextInt(4) == 0,
                chance.nextBoolean() ? null : (long) chance.nextInt(1000) + 1,
                chance.nextInt(4),
                chance.nextInt(5) == 0 ? "again-" + look : policy.runId());
        hash = chance.nextInt(4) == 0 ? "b" : hash;
      }
      retry = chance.nextInt(12) == 0 ? "retry" + look : retry;
      var rebuilds = seedOf(status);
      var intent =
          new RunIntent(
              "tuned",
              generation,
              policy,
              "uid-" + hash + policy.runId(),
              hash,
              "s3://b",
              PINNED,
              retry,
              plansFirst,
              rebuilds);
      var before = status;
      var seen = look(chance, before, earliest, now);
      status = CALCULATOR.next(intent, before, seen).status();
      check(before, status, now);
      checkQueue(before, status, seen);
      boolean queued = seen.job().map(ObservedJob::suspended).orElse(false);
      if (queued || !job(status).equals(job(before))) {
        earliest = now;
      }
    }
  }

  private static Optional<String> job(RunStatus status) {
    return status.openAttempt().map(Attempt::job);
  }

  private static boolean seedOf(RunStatus status) {
    return status.attempts().size() % 2 == 1;
  }

  private static Observation look(Random chance, RunStatus status, Instant earliest, Instant now) {
    var job =
        status
            .lastAttempt()
            .filter(a -> chance.nextInt(5) > 0)
            .map(a -> job(chance, a, earliest, now));
    var pods = job.map(ObservedJob::pod).stream().toList();
    var plan =
        chance.nextInt(3) == 0
            ? null
            : job(chance, Attempt.ordered(0, "tuned-plan-abcde", null), now.minusSeconds(60), now);
    var inputs =
        chance.nextInt(5) == 0 ? Inputs.missing(RunReason.CORPUS_NOT_READY, "It waits.") : READY;
    return new Observation(
        Optional.ofNullable(plan),
        job,
        pods,
        inputs,
        chance.nextBoolean() ? Optional.of(heard(chance, status, now)) : Optional.empty(),
        Optional.empty(),
        chance.nextInt(9) == 0 ? Optional.of(REFUSED) : Optional.empty(),
        now,
        chance.nextInt(9) == 0 ? now : T0);
  }

  private static HeardProgress heard(Random chance, RunStatus status, Instant now) {
    return new HeardProgress(
        progress(chance, status, now), now.minusSeconds(chance.nextInt(2_000)));
  }

  private static ProgressReport progress(Random chance, RunStatus status, Instant now) {
    return new ProgressReport(
        chance.nextInt(6) == 0 ? "another" : String.valueOf(status.runUid()),
        chance.nextInt(6) == 0 ? "evaluate" : "train",
        chance.nextInt(50),
        chance.nextBoolean() ? null : (long) chance.nextInt(50),
        "steps",
        null,
        Map.of("loss", chance.nextBoolean() ? Double.NaN : 1.5),
        chance.nextBoolean() ? null : (long) chance.nextInt(50),
        now.minusSeconds(chance.nextInt(2_000)).toString(),
        null);
  }

  private static ObservedJob job(Random chance, Attempt attempt, Instant earliest, Instant now) {
    var outcome = Outcome.values()[chance.nextInt(3)];
    var pod = chance.nextInt(4) == 0 ? null : onePod(chance, earliest, now);
    return new ObservedJob(
        attempt.job(),
        "job-uid",
        T0,
        null,
        null,
        chance.nextInt(3),
        chance.nextInt(5) == 0,
        outcome,
        "words",
        pod);
  }

  private static ObservedPod onePod(Random chance, Instant earliest, Instant now) {
    int since = (int) Duration.between(earliest, now).toSeconds();
    var started = chance.nextInt(4) == 0 ? null : earliest.plusSeconds(chance.nextInt(since + 1));
    var loss =
        chance.nextInt(5) == 0
            ? new ObservedPod.Loss("Evicted", null, now.minusSeconds(chance.nextInt(200)))
            : null;
    var code = List.of(0, 1, 42, 75, 128, 137, 143).get(chance.nextInt(7));
    var end =
        chance.nextInt(3) == 0
            ? ScriptedRun.end(
                code,
                "Error",
                REPORTS.get(chance.nextInt(REPORTS.size())),
                chance.nextBoolean() ? null : now.plusSeconds(chance.nextInt(100) - 50))
            : null;
    return pod(end == null ? "Running" : "Failed", loss, NOT_WAITING, started, end);
  }

  private static void check(RunStatus before, RunStatus status, Instant now) {
    if (status.phase().finished()) {
      assertThat(status.openAttempt()).isEmpty();
      assertThat(status.completionTime()).isNotNull();
    }
    var closed = status.attempts().stream().filter(a -> !a.open()).count();
    assertThat((long) status.failures()).isLessThanOrEqualTo(closed);
    assertThat(status.activeSeconds()).isNotNegative();
    var ended = Stream.of(status.attempts()).flatMap(List::stream).map(Attempt::endTime);
    assertThat(ended.filter(at -> at != null && Instant.parse(at).isAfter(now))).isEmpty();
    if (status.startTime() != null) {
      var wall = Duration.between(Instant.parse(status.startTime()), now).toSeconds();
      assertThat(status.activeSeconds()).isLessThanOrEqualTo(wall);
    }
    if (status.phase() == Phase.SUCCEEDED) {
      assertThat(status.artifact()).isNotNull();
    }
    var trues =
        Stream.of("Ready", "Reconciling", "Stalled")
            .filter(t -> condition(status, t).equals("True"));
    assertThat(trues.count()).as("one of three at most").isLessThanOrEqualTo(1);
    if (status.runUid() != null && status.runUid().equals(before.runUid())) {
      assertThat(status.pinned()).isNotNull();
    }
    assertThat(status.conditions()).allSatisfy(c -> assertThat(c.reason()).matches("[A-Z]\\w+"));
    assertThat(Optional.ofNullable(status.message())).isPresent();
  }

  /** A queue that takes a Job back ends no attempt; only the run's own limits do then. */
  private static void checkQueue(RunStatus before, RunStatus status, Observation seen) {
    boolean heldBack =
        before.openAttempt().isPresent()
            && seen.job().filter(j -> j.suspended() && j.outcome() == Outcome.OPEN).isPresent()
            && before.runUid().equals(status.runUid());
    if (heldBack && status.openAttempt().isEmpty()) {
      assertThat(status.lastAttempt().map(Attempt::reason).orElseThrow())
          .isIn("Suspended", "DeadlineExceeded");
    }
  }
}
