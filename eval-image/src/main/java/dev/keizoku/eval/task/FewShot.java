package dev.keizoku.eval.task;

import java.util.List;
import java.util.Map;

/**
 * Examples before a question.
 *
 * @param shots how many
 * @param delimiter after each
 * @param split which rows they are from; null takes those of {@code samples}, or of training,
 *     validation or test, whichever is there first
 * @param samples rows in the file itself; null for none
 * @param fromTest whether examples are named to be from the split that is asked: one more is drawn,
 *     since the question itself may be among them
 * @param firstN the first rows for every question, not random ones
 * @param text another {@code doc_to_text} for examples; null for the task's
 * @param target another {@code doc_to_target}; null for the task's
 * @param choice another {@code doc_to_choice}; null for the task's
 */
public record FewShot(
    int shots,
    String delimiter,
    String split,
    List<Map<String, Object>> samples,
    boolean fromTest,
    boolean firstN,
    Expression text,
    Expression target,
    Expression choice) {}
