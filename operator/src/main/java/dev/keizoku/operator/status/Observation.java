package dev.keizoku.operator.status;

import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.Headline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is seen now.
 *
 * @param plan the Job that plans the run; empty when there is none
 * @param job the newest attempt's Job; empty when there is none
 * @param pods the pods of all attempts that are still there, with or without their Jobs
 * @param inputs what the references lead to
 * @param progress what the program said last; empty when it was not heard yet
 * @param obstacle why what is ordered does not come to be, in the cluster's words; empty when
 *     nobody says so
 * @param trial why the API server would not take what the run is made of; empty when it would, or
 *     was not asked
 * @param now the time
 * @param watchingSince when this operator began to watch; silence before does not count as a stall
 */
public record Observation(
    Optional<ObservedJob> plan,
    Optional<ObservedJob> job,
    List<ObservedPod> pods,
    Inputs inputs,
    Optional<HeardProgress> progress,
    Optional<Headline> obstacle,
    Optional<Headline> trial,
    Instant now,
    Instant watchingSince) {

  /** The same with that obstacle. */
  public Observation with(Headline found) {
    return new Observation(
        plan, job, pods, inputs, progress, Optional.of(found), trial, now, watchingSince);
  }

  /** The same, tried with that outcome. */
  public Observation tried(Optional<Headline> outcome) {
    return new Observation(
        plan, job, pods, inputs, progress, obstacle, outcome, now, watchingSince);
  }

  /** The Job that is on its way: the newest attempt's, else the plan's. */
  public Optional<ObservedJob> onItsWay() {
    return job.filter(j -> !j.ended()).or(() -> plan.filter(j -> !j.ended()));
  }
}
