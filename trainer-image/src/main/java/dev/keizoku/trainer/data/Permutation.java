package dev.keizoku.trainer.data;

import java.util.SplittableRandom;

/** Shuffles that a seed and a few words determine. */
final class Permutation {
  private Permutation() {}

  /** The numbers 0 to {@code size - 1} in an order that the words determine. */
  static int[] of(int size, long... words) {
    var random = new SplittableRandom(mix(words));
    var order = new int[size];
    for (var i = 0; i < size; i++) {
      var j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  // Two words in another order, or next to each other, give unrelated seeds (SplitMix64's mixer).
  private static long mix(long... words) {
    var state = 0x9e3779b97f4a7c15L;
    for (var word : words) {
      state = (state ^ word) * 0xbf58476d1ce4e5b9L;
      state = (state ^ (state >>> 27)) * 0x94d049bb133111ebL;
      state ^= state >>> 31;
    }
    return state;
  }
}
