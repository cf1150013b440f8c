/**
 * The words of a status: reasons, headlines, and what is said of a pod that does not run yet. Pure.
 * Of its module it imports {@code job}.
 */
package dev.keizoku.operator.words;
