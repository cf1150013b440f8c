package dev.keizoku.corpus.filter;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * How much a text speaks of finance, 0 to 1: the mean weight of its pairs of neighbouring kanji or
 * katakana on a logistic curve, so that length does not count. Weights and curve are those of
 * {@code finance/weights.properties}, learnt by {@code dev/finance/learn.py} from filings and laws
 * on finance against laws on anything else, an encyclopedia, novels and guidelines.
 */
final class FinanceScore {
  private static final String FILE = "finance.weights";

  /** A table with room for twice the 4,000 pairs that the script writes at most. */
  private static final int PLACES = 1 << 14;

  private static final FinanceScore LEARNT = read();

  private final int[] pairs = new int[PLACES];
  private final float[] weights = new float[PLACES];
  private double slope;
  private double intercept;

  private FinanceScore() {}

  /** Adds the pairs of a text up, one character after the other. */
  static final class Sum {
    private char last;
    private int pairs;
    private double weights;

    /** Takes the next code point of the text. */
    void add(int c) {
      if (!counts(c)) {
        last = 0;
        return;
      }
      if (last != 0) {
        pairs++;
        weights += LEARNT.weight(last << 16 | c);
      }
      last = (char) c;
    }

    /** The score of what was taken; that of an average text where it has no pairs. */
    double score() {
      double mean = pairs == 0 ? 0 : weights / pairs;
      return 1 / (1 + Math.exp(-(LEARNT.slope * mean + LEARNT.intercept)));
    }
  }

  /** Kanji and katakana, with the marks of repetition and of long vowels. */
  private static boolean counts(int c) {
    return c >= 0x4E00 && c <= 0x9FFF || c >= 0x30A1 && c <= 0x30FA || c == 'ー' || c == '々';
  }

  private float weight(int pair) {
    int place = place(pair);
    return pairs[place] == pair ? weights[place] : 0;
  }

  private int place(int pair) {
    int place = (pair * 0x9E37_79B1) >>> 18;
    while (pairs[place] != 0 && pairs[place] != pair) {
      place = place + 1 & PLACES - 1;
    }
    return place;
  }

  private static FinanceScore read() {
    var learnt = new FinanceScore();
    var file = ResourceBundle.getBundle(FILE, Locale.ROOT);
    file.keySet().forEach(word -> learnt.add(word, Double.parseDouble(file.getString(word))));
    return learnt;
  }

  private void add(String word, double value) {
    switch (word) {
      case "slope" -> slope = value;
      case "intercept" -> intercept = value;
      default -> {
        int pair = word.charAt(0) << 16 | word.charAt(1);
        int place = place(pair);
        pairs[place] = pair;
        weights[place] = (float) value;
      }
    }
  }
}
