package dev.keizoku.eval.task;

import java.util.Map;

/**
 * One row of a task's data.
 *
 * @param index position in the task, from 0; its id everywhere
 * @param unit what is drawn as one where items are drawn: questions of one sentence, say, are not
 *     independent of each other
 * @param row values by column; nothing is trimmed
 */
public record Doc(int index, String unit, Map<String, Object> row) {}
