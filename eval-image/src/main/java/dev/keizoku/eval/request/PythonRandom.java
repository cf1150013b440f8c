package dev.keizoku.eval.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Python's {@code random.Random}, as far as a sample needs it: the Mersenne Twister, so that
 * examples are those of the reference.
 *
 * <p>Source: Matsumoto and Nishimura, Mersenne Twister, 1998 ({@code init_by_array}); CPython
 * {@code Lib/random.py}, {@code sample}.
 */
final class PythonRandom {
  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  /**
   * @param seed below 2^32, not negative
   */
  PythonRandom(int seed) {
    state[0] = 19650218;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    int i = 1;
    for (int k = 0; k < N; k++) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + seed;
      i = following(i);
    }
    for (int k = 0; k < N - 1; k++) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
      i = following(i);
    }
    state[0] = 0x80000000;
  }

  private int following(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  /** A sample of items without repeats. */
  <T> List<T> sample(List<T> items, int size) {
    int n = items.size();
    int room = 21;
    if (size > 5) {
      room += (int) Math.pow(4, Math.ceil(Math.log(size * 3) / Math.log(4)));
    }
    var drawn = new ArrayList<T>();
    if (n <= room) {
      var pool = new ArrayList<>(items);
      for (int i = 0; i < size; i++) {
        int at = below(n - i);
        drawn.add(pool.get(at));
        pool.set(at, pool.get(n - i - 1));
      }
      return drawn;
    }
    var taken = new HashSet<Integer>();
    while (drawn.size() < size) {
      int at = below(n);
      if (taken.add(at)) {
        drawn.add(items.get(at));
      }
    }
    return drawn;
  }

  private int below(int n) {
    int bits = 32 - Integer.numberOfLeadingZeros(n);
    int drawn = word() >>> (32 - bits);
    while (drawn >= n) {
      drawn = word() >>> (32 - bits);
    }
    return drawn;
  }

  private int word() {
    if (next == N) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    next = 0;
  }
}
