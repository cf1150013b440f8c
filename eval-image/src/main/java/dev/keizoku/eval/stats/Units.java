package dev.keizoku.eval.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which items of a task are independent of each other. Items of one unit (the opinions on one
 * sentence) are drawn together, since what makes one hard makes the other hard; to draw them one by
 * one would make every interval too narrow.
 *
 * <p>Source: Miller, Adding Error Bars to Evals, arXiv 2411.00640, section 2.2.
 *
 * @param of the unit of each item, 0 to {@code count} - 1
 * @param count units
 */
public record Units(int[] of, int count) {

  /** Every item by itself. */
  public static Units each(int items) {
    return new Units(IntStream.range(0, items).toArray(), items);
  }

  /** Items with equal keys belong together; units are numbered in order of appearance. */
  public static Units byKey(List<String> keys) {
    var units = new HashMap<String, Integer>();
    var of = new int[keys.size()];
    for (int item = 0; item < of.length; item++) {
      units.putIfAbsent(keys.get(item), units.size());
      of[item] = units.get(keys.get(item));
    }
    return new Units(of, units.size());
  }

  /** Whether every item is a unit. */
  public boolean single() {
    return count == of.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Units that && Arrays.equals(of, that.of);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(of);
  }

  @Override
  public String toString() {
    return count + " units of " + of.length + " items";
  }
}
