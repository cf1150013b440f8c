package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a run's artifacts when {@code spec.retention.onDelete} says so, by a Job of its own: the
 * operator itself has no keys to any object store.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource that is being deleted
 */
public record ArtifactDeletion<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, R resource) {
  /** A little longer than the Job's own limit, which does not run while a queue holds it back. */
  private static final Duration PATIENCE = Duration.ofMinutes(16);

  private static final Logger LOG = LoggerFactory.getLogger(ArtifactDeletion.class);

  /**
   * Takes the next step.
   *
   * @return what is left to do; empty when nothing is. A deletion that fails, or that nobody lets
   *     run, does not hold the resource back for ever
   */
  public Optional<Waits> proceed(Context<R> context, Instant now) {
    var status = resource.runStatus();
    var begun = status.output() != null || status.artifact() != null;
    if (resource.goesByItself() || !begun) {
      return Optional.empty();
    }
    var readers = Readers.of(context, resource, run.kind().readBy());
    if (!readers.atWork().isEmpty()) {
      return Optional.of(Waits.forReaders(readers.atWork()));
    }
    var output =
        RunContext.folder(
            status,
            Objects.requireNonNullElseGet(status.output(), () -> run.intent(resource).output()));
    var name = RunNames.deletion(resource.getMetadata().getName(), resource.getMetadata().getUid());
    var made =
        Children.of(context, resource, Job.class).stream()
            .filter(job -> job.getMetadata().getName().equals(name))
            .findFirst();
    var waits = made.isEmpty() ? begin(context, name, output) : outcome(made.get(), name, output);
    boolean timeIsUp = !now.isBefore(since(readers, made).plus(PATIENCE));
    if (waits.isPresent() && timeIsUp) {
      LOG.warn("{} was not deleted in {}; what is left there stays.", output, PATIENCE);
    }
    return waits.filter(open -> !timeIsUp);
  }

  /**
   * What the deletion waits for.
   *
   * @param reason why, when a person should hear of it; null while it goes on
   * @param words the same in a sentence
   */
  public record Waits(RunReason reason, String words) {
    private static final Waits FOR_ITS_JOB = new Waits(null, null);

    private static Waits forReaders(List<String> readers) {
      return new Waits(
          RunReason.IN_USE,
          ("%s read its artifacts, which are deleted when those have ended or are gone. To let this"
                  + " go now and keep them, set retention.onDelete to Retain.")
              .formatted(String.join(", ", readers)));
    }

    private static Waits forbidden(Refusal refusal) {
      return new Waits(
          RunReason.DELETION_REFUSED,
          "The artifacts cannot be deleted yet; this is tried for a quarter of an hour: "
              + refusal.words());
    }
  }

  /** From when on nothing but the cluster keeps the artifacts. */
  private Instant since(Readers readers, Optional<Job> made) {
    return Stream.of(
            Optional.of(resource.getMetadata().getDeletionTimestamp()),
            made.map(job -> job.getMetadata().getCreationTimestamp()),
            readers.lastEnd())
        .flatMap(Optional::stream)
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private Optional<Waits> begin(Context<R> context, String name, String output) {
    var refused = Children.ensure(context, resource, job(name, output));
    if (refused.map(Refusal::namespaceGoes).orElse(false)) {
      LOG.warn("No Job may delete {}; it stays: {}", output, refused.get().words());
      return Optional.empty();
    }
    return Optional.of(refused.map(Waits::forbidden).orElse(Waits.FOR_ITS_JOB));
  }

  private static Optional<Waits> outcome(Job made, String name, String output) {
    var outcome = JobObserver.observe(made, List.of()).outcome();
    if (outcome == Outcome.FAILED) {
      LOG.warn("Job {} could not delete {}; what is left there stays.", name, output);
    }
    return outcome == Outcome.OPEN ? Optional.of(Waits.FOR_ITS_JOB) : Optional.empty();
  }

  private Job job(String name, String output) {
    var images = run.settings().images();
    var store = run.store(resource);
    var arguments = new ArrayList<>(List.of("store", "delete", output + "/"));
    if (store.endpoint() != null) {
      arguments.addAll(List.of("--endpoint", store.endpoint()));
    }
    if (store.region() != null) {
      arguments.addAll(List.of("--region", store.region()));
    }
    var program =
        new JobTemplate.Program(
            run.kind().image(images),
            images.pullPolicy(),
            arguments,
            null,
            run.settings().progress().port(),
            null,
            new JobTemplate.Store(store.secretName(), store.caBundle(), true),
            Map.of(),
            Map.of(),
            Map.of(),
            run.podSettings(resource));
    var template =
        SmallPod.of(
            resource.runPolicy().podTemplate(), program.installation().helpers(), "512Mi", false);
    return JobTemplate.deletion(resource, name, template, program);
  }
}
