package dev.keizoku.eval.result;

import java.util.List;

/**
 * All that a model has said.
 *
 * @param scores of the tasks
 * @param texts what it wrote after each prompt; empty when nothing was asked for
 */
public record ModelRun(ModelScores scores, List<String> texts) {}
