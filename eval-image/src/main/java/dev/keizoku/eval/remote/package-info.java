/**
 * Log-likelihoods of models behind endpoints: what they are asked, as tokens, and what they tell.
 * Of its module it imports {@code api}, {@code items}, {@code request}, {@code score}.
 */
package dev.keizoku.eval.remote;
