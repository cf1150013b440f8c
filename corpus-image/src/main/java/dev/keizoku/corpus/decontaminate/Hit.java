package dev.keizoku.corpus.decontaminate;

import java.util.List;

/**
 * A question's text that stands in another text.
 *
 * @param benchmark position of its benchmark in the run
 * @param items the questions that have this text, in order, at least one
 * @param from where it begins, a position in the text
 * @param to where its last character stands
 * @param characters how many equal ones in a row, after folding
 */
public record Hit(int benchmark, List<Integer> items, int from, int to, int characters) {}
