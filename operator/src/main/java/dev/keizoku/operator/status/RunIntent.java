package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Pinned;

/**
 * What the spec wants, as far as the status depends on it.
 *
 * @param name name of the resource
 * @param generation generation of the spec
 * @param policy how it is run
 * @param runUid identity that a run begun now would have
 * @param specHash digest of the fields that define the run
 * @param output where its artifacts would go
 * @param pinned what the installation would give it
 * @param retry the annotation by which a failed run is tried again; null for none
 * @param plansFirst true for a kind whose run is planned before its first attempt
 * @param rebuildsOnChange true for a kind that runs again when its recipe changes
 */
public record RunIntent(
    String name,
    long generation,
    RunPolicy policy,
    String runUid,
    String specHash,
    String output,
    Pinned pinned,
    String retry,
    boolean plansFirst,
    boolean rebuildsOnChange) {}
