/**
 * Log-likelihoods of the choices from a model: which tokens are fed together, and what is read off
 * the logits. The only package of the evaluator beside {@code .generate} that runs the model. Of
 * its module it imports {@code items}, {@code metric}, {@code request}.
 */
package dev.keizoku.eval.score;
