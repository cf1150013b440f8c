package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Phase;

/**
 * Where a run is and why: what the conditions are made from.
 *
 * @param phase in one word
 * @param reason CamelCase word
 * @param message one sentence; where something is wrong, what to do about it
 */
record Headline(Phase phase, String reason, String message) {}
