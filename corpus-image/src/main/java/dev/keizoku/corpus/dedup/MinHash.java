package dev.keizoku.corpus.dedup;

import java.util.Arrays;

/**
 * MinHash signatures of 112 values in {@value #BANDS} bands of 8: two texts of Jaccard index 0.8
 * share a band with probability 0.92, of 0.9 with 0.9998, of 0.5 with 0.05. Source: Broder 1997;
 * the numbers of bands and rows are those of FineWeb.
 */
public final class MinHash {
  /** Keys of a signature. */
  public static final int BANDS = 14;

  private static final int ROWS = 8;
  private static final long[] FACTORS = new long[BANDS * ROWS];
  private static final long[] OFFSETS = new long[BANDS * ROWS];

  static {
    long state = 0x4B65_697A_6F6B_75L;
    for (int i = 0; i < FACTORS.length; i++) {
      FACTORS[i] = mix(state += 0x9E37_79B9_7F4A_7C15L) | 1;
      OFFSETS[i] = mix(state += 0x9E37_79B9_7F4A_7C15L);
    }
  }

  private MinHash() {}

  /** The keys of a text's shingles, {@link #BANDS} of them. */
  static long[] bands(int[] shingles) {
    var least = new int[FACTORS.length];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (int shingle : shingles) {
      for (int i = 0; i < least.length; i++) {
        // Multiply-shift hashing into 31 bits.
        int hash = (int) (FACTORS[i] * shingle + OFFSETS[i] >>> 33);
        least[i] = Math.min(least[i], hash);
      }
    }
    var bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        key = mix(key * 31 + least[band * ROWS + row]);
      }
      bands[band] = key;
    }
    return bands;
  }

  /** SplitMix64's finisher: every bit of the value changes every bit of the result. */
  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }
}
