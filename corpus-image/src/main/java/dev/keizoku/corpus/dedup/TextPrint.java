package dev.keizoku.corpus.dedup;

import java.util.Arrays;

/**
 * What is kept of a text to compare it with others.
 *
 * @param bands keys of its MinHash signature; texts that share one may be near duplicates. Empty
 *     for a text of less than {@value #MIN_CHARACTERS} characters that count
 * @param shingles hashes of its runs of five characters, each once, sorted
 * @param numbers hashes of its numbers with their signs and marks, sorted
 */
public record TextPrint(long[] bands, int[] shingles, int[] numbers) {
  /** Shorter texts are no near duplicates of anything: one character is too much of them. */
  public static final int MIN_CHARACTERS = 20;

  /** The Jaccard index of two texts' runs of five characters that makes them near duplicates. */
  public static final double SIMILAR = 0.8;

  private static final int SHINGLE = 5;
  private static final String KANJI_NUMERALS = "〇一二三四五六七八九十百千万億兆";

  /**
   * The print of what {@link ComparedText} leaves of a text.
   *
   * @param compared such a text
   */
  static TextPrint of(String compared) {
    if (compared.codePointCount(0, compared.length()) < MIN_CHARACTERS) {
      return new TextPrint(new long[0], new int[0], new int[0]);
    }
    var shingles = shingles(compared);
    return new TextPrint(MinHash.bands(shingles), shingles, numbers(compared));
  }

  /** Whether it is compared at all. */
  public boolean isCompared() {
    return bands.length > 0;
  }

  /** Whether the Jaccard index with another is 0.8 or more. */
  public boolean isSimilar(TextPrint other) {
    int fewer = Math.min(shingles.length, other.shingles.length);
    int more = Math.max(shingles.length, other.shingles.length);
    return fewer >= SIMILAR * more && jaccard(other) >= SIMILAR;
  }

  /** The share of the runs of both that they have in common. */
  public double jaccard(TextPrint other) {
    int common = common(shingles, other.shingles);
    int all = shingles.length + other.shingles.length - common;
    return all == 0 ? 1 : (double) common / all;
  }

  /** Whether the other has all of its numbers, each at least as often. */
  public boolean hasNumbersWithin(TextPrint other) {
    return common(numbers, other.numbers) == numbers.length;
  }

  /** Equal for texts of the same numbers. */
  public int numbersHash() {
    return Arrays.hashCode(numbers);
  }

  /** How many elements of two sorted multisets are in both. */
  private static int common(int[] a, int[] b) {
    int common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  private static int[] shingles(String text) {
    var hashes = new int[text.length() - SHINGLE + 1];
    for (int i = 0; i < hashes.length; i++) {
      long hash = 0;
      for (int j = i; j < i + SHINGLE; j++) {
        hash = (hash + text.charAt(j)) * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 32;
      }
      hashes[i] = (int) hash;
    }
    Arrays.sort(hashes);
    return distinct(hashes);
  }

  private static int[] distinct(int[] sorted) {
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /**
   * Everything between letters: digits, and the signs and marks that ComparedText keeps of them.
   */
  private static int[] numbers(String text) {
    var hashes = new int[text.length() / 2 + 1];
    int count = 0;
    int hash = 0;
    boolean within = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean part = i < text.length() && isOfNumber(text.charAt(i));
      if (part) {
        hash = (hash + text.charAt(i)) * 0x9E37_79B1;
        hash ^= hash >>> 15;
      } else if (within) {
        hashes[count++] = hash;
        hash = 0;
      }
      within = part;
    }
    var numbers = Arrays.copyOf(hashes, count);
    Arrays.sort(numbers);
    return numbers;
  }

  private static boolean isOfNumber(char c) {
    return !Character.isLetter(c) && !Character.isSurrogate(c) || KANJI_NUMERALS.indexOf(c) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPrint print
        && Arrays.equals(bands, print.bands)
        && Arrays.equals(shingles, print.shingles)
        && Arrays.equals(numbers, print.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bands);
  }

  @Override
  public String toString() {
    return "TextPrint of %d shingles and %d numbers".formatted(shingles.length, numbers.length);
  }
}
