package dev.keizoku.llm.generate;

import java.util.Arrays;
import java.util.List;

/**
 * What was read off the wanted positions of some chunks, chunk after chunk.
 *
 * @param logProbabilities of the tokens that were asked for at each position, nats, fp32
 * @param likeliest the likeliest next token at each; the first of equal ones
 */
public record Reading(float[][] logProbabilities, int[] likeliest) {

  /** Puts down the rows from {@code first} on: values flat over what is asked of each. */
  void put(int first, List<int[]> asked, float[] values, long[] tokens) {
    int at = 0;
    for (int row = 0; row < asked.size(); row++) {
      int count = asked.get(row).length;
      logProbabilities[first + row] = Arrays.copyOfRange(values, at, at + count);
      likeliest[first + row] = (int) tokens[row];
      at += count;
    }
  }
}
