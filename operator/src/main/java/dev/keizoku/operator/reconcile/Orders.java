package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.child.AttemptJob;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.child.Refusal;
import dev.keizoku.operator.child.RunPlan;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.status.Observation;
import dev.keizoku.operator.status.RunStatusCalculator.Next;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.Set;

/**
 * What a look comes to, and what it orders: which children are to be, and which not.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource that was looked at
 * @param seen what was seen
 * @param next what was calculated from it
 */
record Orders<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, R resource, Observation seen, Next next) {

  /**
   * Stops what is superfluous and makes what is ordered. An attempt is an order once it stands in
   * the status that the API server holds: it is written, carried out on the next look, and seen on
   * the one after.
   *
   * @return why the API server does not take what is ordered
   */
  Optional<Refusal> carryOut(Context<R> context) {
    Children.stopSuperfluous(context, resource, wanted());
    if (next.planning()) {
      return plan().ensure(context);
    }
    var standing = resource.runStatus().openAttempt().map(Attempt::job);
    return standing.isPresent() && standing.equals(job())
        ? new AttemptJob<>(run, resource).ensure(context)
        : Optional.empty();
  }

  /** Takes away what has ended, whose end stands in the status. */
  void clearAway(Context<R> context) {
    Children.clearAway(context, resource, wanted());
  }

  /** Name of the attempt's Job that is to be made. */
  Optional<String> job() {
    return next.status()
        .openAttempt()
        .map(Attempt::job)
        .filter(name -> !seen.job().map(ObservedJob::name).equals(Optional.of(name)));
  }

  private Set<String> wanted() {
    return next.planning()
        ? Set.of(plan().name())
        : next.status().openAttempt().map(Attempt::job).map(Set::of).orElse(Set.of());
  }

  private RunPlan<R> plan() {
    return RunPlan.of(run, resource, seen.inputs());
  }
}
