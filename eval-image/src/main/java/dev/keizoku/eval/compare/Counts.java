package dev.keizoku.eval.compare;

/**
 * How many items stand behind a difference; over several prompts an item counts with each.
 *
 * @param n items
 * @param units independent ones among them; over several tasks, what they are worth in one
 * @param gained items that the candidate does better than the base model
 * @param lost items that it does worse
 * @param changed items that the two answer differently, rightly or wrongly
 */
public record Counts(long n, long units, long gained, long lost, long changed) {

  Counts plus(Counts other) {
    return new Counts(
        n + other.n,
        units + other.units,
        gained + other.gained,
        lost + other.lost,
        changed + other.changed);
  }

  Counts ofUnits(long worth) {
    return new Counts(n, worth, gained, lost, changed);
  }
}
