package dev.keizoku.eval.items;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a model says of one item: of the choices of a question, or of a document.
 *
 * @param logLikelihoods of each choice, or of the document alone, nats
 * @param greedy whether greedy decoding would have given exactly that choice
 * @param tokens predicted of a document; null for a question
 * @param cut whether it was longer than the model's positions and lost its beginning
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ItemScore(double[] logLikelihoods, boolean[] greedy, Integer tokens, boolean cut) {}
