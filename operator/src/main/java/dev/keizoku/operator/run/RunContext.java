package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.naming.SpecHash;
import dev.keizoku.operator.status.RunIntent;
import io.fabric8.kubernetes.client.CustomResource;

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

  /** The object store. */
  public ObjectStoreTarget store(R resource) {
    return ObjectStoreTarget.of(resource.runPolicy().storage(), settings.storage());
  }

  /** What the spec wants now. */
  public RunIntent intent(R resource) {
    var meta = resource.getMetadata();
    var hash = SpecHash.of(kind.recipe(resource), resource.runPolicy().storage());
    // Versions of a corpus lie side by side by their digest; of the other kinds each resource is
    // one run, and one that is made again under the same name must not find the old one's files.
    var leaf =
        kind.rebuildsOnChange()
            ? meta.getName()
            : meta.getName() + "/" + meta.getUid().substring(0, UID_LENGTH);
    return new RunIntent(
        meta.getName(),
        meta.getGeneration(),
        resource.runPolicy(),
        kind.rebuildsOnChange()
            ? meta.getUid() + "-" + hash.substring(0, UID_LENGTH)
            : meta.getUid(),
        hash,
        store(resource).uri(meta.getNamespace(), resource.getPlural(), leaf),
        kind.rebuildsOnChange());
  }

  /** Names of the children of the run that the status has begun. */
  public RunNames names(R resource) {
    var status = resource.runStatus();
    return RunNames.of(resource.getMetadata().getName(), status.runUid(), status.specHash());
  }

  /** The head of the run file, as the status pinned it. */
  public RunHead head(R resource) {
    var meta = resource.getMetadata();
    var status = resource.runStatus();
    return new RunHead(
        status.runUid(),
        meta.getNamespace() + "/" + meta.getName(),
        store(resource).contract(),
        status.output(),
        status.inputs());
  }
}
