package dev.keizoku.eval.judge;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One answer of the judge, kept as it came.
 *
 * @param key digest of all that it depends on
 * @param task name in result files
 * @param question number in the task
 * @param baseFirst whether the base model's answer was shown first
 * @param verdict what it says
 * @param said the judge's whole answer; null where there is none
 * @param fault why there is none; null where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judgement(
    String key,
    String task,
    int question,
    boolean baseFirst,
    Verdict verdict,
    String said,
    String fault) {}
