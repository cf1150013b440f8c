package dev.keizoku.llm.generate;

import java.util.Arrays;
import java.util.List;

/**
 * What was read off wanted positions, in the order in which it was asked.
 *
 * @param logProbabilities of the tokens that were asked for at each position, nats, fp32
 * @param likeliest the likeliest next token at each; the first of equal ones
 */
public record Reading(float[][] logProbabilities, int[] likeliest) {

  /** Values that are flat over what is asked of each row. */
  static Reading of(List<int[]> asked, float[] values, long[] tokens) {
    var logProbabilities = new float[asked.size()][];
    int at = 0;
    for (int row = 0; row < asked.size(); row++) {
      int count = asked.get(row).length;
      logProbabilities[row] = Arrays.copyOfRange(values, at, at + count);
      at += count;
    }
    return new Reading(
        logProbabilities, Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray());
  }

  /** Positions that were read. */
  public int rows() {
    return likeliest.length;
  }
}
