package dev.keizoku.corpus.decontaminate;

import java.util.List;

/**
 * One question of a benchmark.
 *
 * @param benchmark position of its benchmark in the run
 * @param item position in the benchmark, from 0: the question's id in an evaluation
 * @param texts what is asked, and about what
 * @param choices the answers to choose from
 */
public record Question(int benchmark, int item, List<String> texts, List<String> choices) {}
