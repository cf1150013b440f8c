package dev.keizoku.trainer.data;

/**
 * Tokens of one document in a sequence.
 *
 * @param document its number
 * @param from first token within it
 * @param at where they begin in the sequence
 * @param taken how many, 1 or more
 */
record Part(int document, int from, int at, int taken) {}
