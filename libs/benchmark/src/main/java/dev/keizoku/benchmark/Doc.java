package dev.keizoku.benchmark;

import java.util.List;
import java.util.Map;

/**
 * One question of a task, before any prompt text is put around it.
 *
 * @param index position in the task, from 0; the id of the question everywhere
 * @param unit what is drawn as one where items are drawn: questions of one sentence, say, are not
 *     independent of each other
 * @param variables what the prompt text may name, for instance {@code question} or {@code
 *     sentence}; nothing is trimmed
 * @param choices the answers to choose from, in order
 * @param gold index of the right choice; {@link #NO_RIGHT_CHOICE} where none is right
 */
public record Doc(
    int index, String unit, Map<String, String> variables, List<String> choices, int gold) {
  /** The label of a question of which every choice is wrong (chABSA's neutral opinions). */
  public static final int NO_RIGHT_CHOICE = -100;
}
