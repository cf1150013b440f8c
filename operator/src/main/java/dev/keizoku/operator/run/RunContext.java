package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.Pinned;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.naming.SpecHash;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.settings.PodSettings;
import dev.keizoku.operator.status.Edit;
import dev.keizoku.operator.status.RunIntent;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What follows from a resource alone: its store, its intent, the names of its children.
 *
 * @param <R> the resource
 * @param kind its kind
 * @param settings the installation
 */
public record RunContext<R extends CustomResource<?, ?> & RunResource>(
    RunKind<R> kind, OperatorSettings settings) {
  private static final int UID_LENGTH = 8;

  /** Below a resource's own folder, before the spec's runId. */
  private static final String RUNS = "/runs/";

  /** The object store: what a run that has begun was given, else what one would get now. */
  public ObjectStoreTarget store(R resource) {
    var now = ObjectStoreTarget.of(resource.runPolicy().storage(), settings.storage());
    var pinned = resource.runStatus().pinned();
    return pinned == null
        ? now
        : new ObjectStoreTarget(
            pinned.endpoint(),
            pinned.region(),
            now.bucket(),
            now.prefix(),
            pinned.secretName(),
            now.caBundle());
  }

  private Pinned pinnedNow(RunPolicy policy, ObjectStoreTarget store) {
    var images = settings.images();
    return new Pinned(
        Objects.requireNonNullElseGet(policy.image(), () -> kind.image(images)),
        images.pullPolicy(),
        settings.progress().port(),
        store.endpoint(),
        store.region(),
        store.secretName(),
        null,
        settings.version(),
        true);
  }

  /** What the spec wants now. */
  public RunIntent intent(R resource) {
    var meta = resource.getMetadata();
    var policy = resource.runPolicy();
    var id = policy.runId();
    var hash = specHash(resource);
    // Versions of a corpus lie side by side by their digest; of the other kinds each resource is
    // one run, and one that is made again under the same name must not find the old one's files.
    var leaf =
        kind.rebuildsOnChange()
            ? meta.getName()
            : meta.getName()
                + "/"
                + meta.getUid().substring(0, UID_LENGTH)
                + (id == null ? "" : RUNS + id);
    var store = ObjectStoreTarget.of(policy.storage(), settings.storage());
    return new RunIntent(
        meta.getName(),
        meta.getGeneration(),
        "true".equals(Labels.annotation(resource, Labels.SUSPEND)) ? policy.suspended() : policy,
        // A recipe that comes back is another run: what it reads may have changed.
        kind.rebuildsOnChange()
            ? "%s-%s-%d"
                .formatted(meta.getUid(), hash.substring(0, UID_LENGTH), meta.getGeneration())
            : id == null ? meta.getUid() : meta.getUid() + "-" + id,
        hash,
        store.uri(meta.getNamespace(), resource.getPlural(), leaf),
        pinnedNow(policy, store),
        Labels.annotation(resource, Labels.RETRY),
        !kind.planArguments(resource).isEmpty(),
        kind.rebuildsOnChange());
  }

  /**
   * The digest of what defines the run. Of one that went well, and that nobody has edited since,
   * nothing follows from it: it stays, since at a start there are thousands to look at.
   */
  private String specHash(R resource) {
    var status = resource.runStatus();
    boolean edited =
        !Objects.equals(status.observedGeneration(), resource.getMetadata().getGeneration());
    if (status.phase() == Phase.SUCCEEDED && !edited && status.specHash() != null) {
      return status.specHash();
    }
    var policy = resource.runPolicy();
    return policy.runId() == null
        ? SpecHash.of(kind.recipe(resource), policy.storage())
        : SpecHash.of(kind.recipe(resource), policy.storage(), policy.runId());
  }

  /** Whether its run has ended, and nothing asks for another. */
  public boolean isOver(R resource) {
    var status = resource.runStatus();
    return status.phase() != null
        && status.phase().finished()
        && Edit.of(intent(resource), status) == Edit.NONE;
  }

  /** Where the artifacts of all runs of the resource lie, of which the newest writes there. */
  public static String folder(RunStatus newest, String output) {
    var leaf = RUNS + newest.runId();
    return newest.runId() != null && output.endsWith(leaf)
        ? output.substring(0, output.length() - leaf.length())
        : output;
  }

  /** Names of the children of the run that the status has begun. */
  public RunNames names(R resource) {
    var status = resource.runStatus();
    return RunNames.of(resource.getMetadata().getName(), status.runUid(), status.specHash());
  }

  /** The head of the run file, as the status pinned it. */
  public RunHead head(R resource) {
    var status = resource.runStatus();
    return head(resource, status.runUid(), status.output(), status.inputs());
  }

  /** The head of a run that would begin now with those inputs. */
  public RunHead headNow(R resource, List<Input> inputs) {
    var intent = intent(resource);
    return head(resource, intent.runUid(), intent.output(), inputs);
  }

  private RunHead head(R resource, String runUid, String output, List<Input> inputs) {
    var meta = resource.getMetadata();
    var store = store(resource);
    return new RunHead(
        runUid,
        meta.getNamespace() + "/" + meta.getName(),
        store.contract(),
        output,
        store.uri(meta.getNamespace()),
        inputs);
  }

  /** How the program is started, but for what the kind asks of the node. */
  public JobTemplate.Program program(
      R resource, List<String> arguments, String configMap, Map<String, Quantity> devices) {
    var policy = resource.runPolicy();
    var store = store(resource);
    var pinned =
        Objects.requireNonNullElse(resource.runStatus().pinned(), pinnedNow(policy, store));
    return new JobTemplate.Program(
        policy.image() == null || policy.image().equals(pinned.image())
            ? Objects.requireNonNullElse(pinned.digest(), pinned.image())
            : policy.image(),
        pinned.pullPolicy(),
        arguments,
        policy.priorityClassName(),
        pinned.port(),
        configMap,
        new JobTemplate.Store(
            store.secretName(), store.caBundle(), Boolean.TRUE.equals(pinned.keysAsFiles())),
        Map.of(),
        devices,
        Map.of(),
        podSettings(resource));
  }

  /** What the installation gives every pod, with the small pods as the run's profile has them. */
  public PodSettings podSettings(R resource) {
    var given = settings.podSettings();
    var pin = resource.runStatus().profile();
    var helpers = pin == null ? null : pin.profile().helpers();
    return helpers == null
        ? given
        : new PodSettings(
            given.fixedUser(),
            given.imagePullSecrets(),
            new PodSettings.Helpers(
                helpers.labels(),
                helpers.annotations(),
                helpers.nodeSelector(),
                helpers.tolerations(),
                helpers.resources(),
                helpers.queueName()));
  }
}
