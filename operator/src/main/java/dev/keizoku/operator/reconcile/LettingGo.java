package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.child.ArtifactDeletion;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.run.RunContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.util.Set;

/**
 * The end of a resource: its program is stopped and saves its work, its artifacts are deleted where
 * it says so, and then its finalizer is taken off.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param services that the reconciler shares with the others
 * @param observer of its pods
 */
record LettingGo<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, RunServices services, RunObserver<R> observer) {

  /** Takes the finalizer off that an edit, or an operator before this one, left. */
  void ofFinalizer(R resource, Context<R> context) {
    var held = resource.getMetadata().getFinalizers();
    if (resource.goesByItself()
        && held.contains(context.getControllerConfiguration().getFinalizerName())) {
      context.resourceOperations().removeFinalizer();
    }
  }

  /** The next step of a resource that is deleted. */
  DeleteControl of(R resource, Context<R> context) {
    services.told().gone(resource.getMetadata().getUid());
    var now = services.clock().instant();
    Children.stopSuperfluous(context, resource, Set.of());
    Children.stopLingering(context, resource, Set.of());
    // A node that does not answer must not hold the resource, and with it its namespace, for ever.
    if (observer.pods(resource, context).stream()
        .anyMatch(pod -> !pod.terminal() && !pod.overdue(now))) {
      return later(Pauses.WHILE_STOPPING);
    }
    var waits = new ArtifactDeletion<>(run, resource).proceed(context, now);
    if (waits.isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    services.told().announcements().waits(context.getClient(), resource, waits.get());
    return later(waits.get().reason() == null ? Pauses.WHILE_STOPPING : Pauses.WHILE_REFUSED);
  }

  /** It is held, and looked at again after that pause. */
  static DeleteControl later(Duration pause) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(pause.toMillis());
  }
}
