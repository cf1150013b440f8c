package dev.keizoku.trainer.parallel;

import java.util.Map;

/**
 * What a step has computed before its update.
 *
 * @param loss mean over all scored tokens, nats
 * @param sourceLosses the same by index of the corpus
 * @param rankLosses the same by rank
 * @param rankNorms L2 norm of each rank's gradients (in stage 0 every rank has them all)
 * @param norm L2 norm of the whole gradient
 * @param tokens that went in
 */
public record StepGradients(
    double loss,
    Map<Integer, Double> sourceLosses,
    double[] rankLosses,
    double[] rankNorms,
    double norm,
    long tokens) {}
