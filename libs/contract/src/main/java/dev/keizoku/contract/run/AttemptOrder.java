package dev.keizoku.contract.run;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Which of two attempts of a run came later. As a text {@code GENERATION.NUMBER}, for instance
 * {@code 3.12}.
 *
 * @param generation of the resource's spec when the attempt was ordered, from 1
 * @param number of the attempt, from 1
 */
public record AttemptOrder(long generation, int number) implements Comparable<AttemptOrder> {
  /**
   * The environment variable that holds it. No argument: a run that has begun goes on with the
   * image that it began with, and an older one would not know it.
   */
  public static final String VARIABLE = "KEIZOKU_ATTEMPT";

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9})");

  private static final Comparator<AttemptOrder> BY_TIME =
      Comparator.comparingLong(AttemptOrder::generation).thenComparingInt(AttemptOrder::number);

  /**
   * The attempt with that text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AttemptOrder parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "an attempt is GENERATION.NUMBER, for instance 3.12, and not '" + text + "'");
    }
    return new AttemptOrder(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  @Override
  public int compareTo(AttemptOrder other) {
    return BY_TIME.compare(this, other);
  }

  @Override
  public String toString() {
    return generation + "." + number;
  }
}
