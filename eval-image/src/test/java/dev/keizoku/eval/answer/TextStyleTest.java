package dev.keizoku.eval.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counted by hand. */
class TextStyleTest {

  @ParameterizedTest
  @CsvSource({
    "LENGTH, '', 0",
    "LENGTH, 売上高, 3",
    // One character, two of Java's.
    "LENGTH, 𠮷野家, 3",
    "DISTINCT_2, '', 1",
    "DISTINCT_2, 円, 1",
    "DISTINCT_2, 円円円円, 0.333333333333",
    "DISTINCT_2, 𠮷𠮷𠮷, 0.5",
    "DISTINCT_4, 円安円安円安円安, 0.4",
    "REPETITION, 金利が上がる, 0",
    // Seventeen runs, of which the last is the first again.
    "REPETITION, 12345678ABCDEFGH12345678, 0.0588235294117",
    "REPETITION, 円円円円円円円円円円円, 0.75",
    "JAPANESE, 'GDPは2%増', 0.4",
    "JAPANESE, データ, 1",
    "JAPANESE, '123 %', 0",
    "JAPANESE, 한국어の, 0.25"
  })
  void isCounted(TextStyle style, String text, double wanted) {
    assertThat(style.of(text)).isCloseTo(wanted, within(1e-10));
  }
}
