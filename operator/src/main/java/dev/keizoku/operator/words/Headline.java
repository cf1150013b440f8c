package dev.keizoku.operator.words;

import dev.keizoku.crd.v1alpha1.status.Phase;

/**
 * Where a run is and why: what the conditions are made from.
 *
 * @param phase in one word
 * @param reason why
 * @param message one sentence; where something is wrong, what to do about it
 */
public record Headline(Phase phase, StatusReason reason, String message) {}
