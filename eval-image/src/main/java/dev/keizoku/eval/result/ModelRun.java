package dev.keizoku.eval.result;

import dev.keizoku.eval.generate.PromptAnswer;
import java.util.List;

/**
 * All that a model has said.
 *
 * @param scores of the tasks
 * @param answers what it wrote after each prompt; empty when nothing was asked for
 */
public record ModelRun(ModelScores scores, List<PromptAnswer> answers) {}
