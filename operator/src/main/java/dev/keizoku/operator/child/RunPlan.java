package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.naming.SpecHash;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.status.Inputs;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The small Job that plans a run before its first attempt, and before one that goes on with another
 * recipe. Its name is a digest of what it plans, so that making it twice makes one, and another
 * spec or input gets another.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource whose run it plans
 * @param inputs what the run would read
 */
public record RunPlan<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, R resource, Inputs inputs) {
  /** The plan of a run that would read {@code now}; one that has begun reads what it pinned. */
  public static <R extends CustomResource<?, ?> & RunResource> RunPlan<R> of(
      RunContext<R> run, R resource, Inputs now) {
    var status = resource.runStatus();
    return new RunPlan<>(
        run, resource, status.startTime() == null ? now : Inputs.ready(status.inputs()));
  }

  /** Its name. */
  public String name() {
    var meta = resource.getMetadata();
    var digest =
        SpecHash.of(
            meta.getUid(),
            meta.getGeneration(),
            run.intent(resource).specHash(),
            inputs.resolved());
    return RunNames.plan(meta.getName(), digest);
  }

  /** What is seen of it; empty when there is none. */
  public Optional<ObservedJob> observe(Context<R> context) {
    if (run.kind().planArguments(resource).isEmpty()) {
      return Optional.empty();
    }
    var name = name();
    return Children.of(context, resource, Job.class).stream()
        .filter(job -> job.getMetadata().getName().equals(name))
        .findFirst()
        .map(job -> EndedJob.observe(job, answerCounts(), context));
  }

  /** Of a run that is at work, or over, it was told. */
  private boolean answerCounts() {
    return resource.runStatus().openAttempt().isEmpty() && !run.isOver(resource);
  }

  /**
   * Makes it, or makes room for another when its answer went away with its pod.
   *
   * @return why there is none
   */
  public Optional<Refusal> ensure(Context<R> context) {
    var seen = observe(context);
    if (seen.isPresent()) {
      if (seen.get().outcome() == Outcome.COMPLETE && seen.get().pod() == null) {
        Children.delete(context, job());
      }
      return Optional.empty();
    }
    var head = run.headNow(resource, inputs.resolved());
    var file = RunFileMap.of(resource, name(), run.kind().runFile(resource, head));
    return Children.ensure(context, resource, file)
        .or(() -> Children.ensure(context, resource, job()));
  }

  private Job job() {
    var policy = resource.runPolicy();
    return JobTemplate.plan(
        resource,
        name(),
        policy.backoffLimit(),
        run.kind().planTriesTheRun(resource)
            ? SmallPod.withoutDevices(policy.podTemplate())
            : SmallPod.of(
                policy.podTemplate(),
                run.podSettings(resource).helpers(),
                run.kind().planMemory(),
                true),
        run.program(resource, run.kind().planArguments(resource), name(), Map.of()));
  }
}
