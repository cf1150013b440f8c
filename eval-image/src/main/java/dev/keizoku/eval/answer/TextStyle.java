package dev.keizoku.eval.answer;

import java.util.Arrays;
import java.util.Locale;

/**
 * What can be counted of a written text: how it is written, not whether it is right. Japanese has
 * no blanks between words, so all is counted in characters (code points).
 *
 * <p>Source: distinct-n, Li et al. 2016, arXiv 1510.03055, there of words; repetition as seq-rep-n,
 * Welleck et al. 2020, arXiv 1908.04319, there of four tokens.
 */
public enum TextStyle {
  /** How long it is, characters. */
  LENGTH {
    @Override
    double of(int[] text) {
      return text.length;
    }
  },
  /** Different pairs of characters among all, 0 to 1; 1 where there is none. */
  DISTINCT_2 {
    @Override
    double of(int[] text) {
      return distinct(text, 2);
    }
  },
  /** Different runs of four characters among all, 0 to 1; 1 where there is none. */
  DISTINCT_4 {
    @Override
    double of(int[] text) {
      return distinct(text, 4);
    }
  },
  /** Runs of eight characters that stood before, 0 to 1: a text that turns in circles. */
  REPETITION {
    @Override
    double of(int[] text) {
      return 1 - distinct(text, 8);
    }
  },
  /** Hiragana, katakana and kanji among the letters, 0 to 1; 0 where there is none. */
  JAPANESE {
    @Override
    double of(int[] text) {
      long letters = Arrays.stream(text).filter(Character::isLetter).count();
      long japanese = Arrays.stream(text).filter(TextStyle::japanese).count();
      return letters == 0 ? 0 : (double) japanese / letters;
    }
  };

  /** Of a text. */
  public double of(String text) {
    return of(text.codePoints().toArray());
  }

  abstract double of(int[] text);

  /** Its name in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double distinct(int[] text, int run) {
    int all = text.length - run + 1;
    if (all < 1) {
      return 1;
    }
    var runs = new String[all];
    Arrays.setAll(runs, at -> new String(text, at, run));
    return (double) Arrays.stream(runs).distinct().count() / all;
  }

  private static boolean japanese(int letter) {
    return Character.isLetter(letter)
        && switch (Character.UnicodeScript.of(letter)) {
          case HIRAGANA, KATAKANA, HAN -> true;
          // The mark of a long vowel is of both kana.
          default -> letter == 'ー';
        };
  }
}
