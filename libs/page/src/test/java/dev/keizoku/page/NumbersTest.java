package dev.keizoku.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void aMachineThatWritesCommasBeforeDecimals() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  @Test
  void wholeThingsHaveCommasBetweenThousands() {
    assertThat(Numbers.count(0)).isEqualTo("0");
    assertThat(Numbers.count(999)).isEqualTo("999");
    assertThat(Numbers.count(-1000)).isEqualTo("-1,000");
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Numbers.count(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
  }

  @Test
  void decimalsHaveADot() {
    assertThat(Numbers.fixed(1234.5, 2)).isEqualTo("1,234.50");
    assertThat(Numbers.fixed(-0.00001, 4)).isEqualTo("0.0000");
    assertThat(Numbers.fixed(0.125, 2)).isEqualTo("0.12");
    assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("n/a");
  }

  @Test
  void differencesHaveASignUnlessTheyAreZero() {
    assertThat(Numbers.signed(0.04, 4)).isEqualTo("+0.0400");
    assertThat(Numbers.signed(-0.04, 4)).isEqualTo("-0.0400");
    assertThat(Numbers.signed(0.00001, 4)).isEqualTo("0.0000");
    assertThat(Numbers.signed(Double.POSITIVE_INFINITY, 1)).isEqualTo("n/a");
  }

  @Test
  void someDigitsAreEnough() {
    assertThat(Numbers.significant(1234.56, 4)).isEqualTo("1,235");
    assertThat(Numbers.significant(0.25, 4)).isEqualTo("0.25");
    assertThat(Numbers.significant(0.00003, 4)).isEqualTo("3e-5");
    assertThat(Numbers.significant(-0.00031416, 3)).isEqualTo("-3.14e-4");
    assertThat(Numbers.significant(2.5e20, 4)).isEqualTo("2.5e20");
    assertThat(Numbers.significant(0, 4)).isEqualTo("0");
    assertThat(Numbers.significant(100, 1)).isEqualTo("100");
    assertThat(Numbers.scientific(0.0015, 4)).isEqualTo("1.5e-3");
    assertThat(Numbers.scientific(-200, 4)).isEqualTo("-2e2");
    assertThat(Numbers.scientific(0, 4)).isEqualTo("0");
  }

  @Test
  void sharesLoseTheirLastZeros() {
    assertThat(Numbers.percent(0.95, 1)).isEqualTo("95%");
    assertThat(Numbers.percent(0.995, 1)).isEqualTo("99.5%");
    assertThat(Numbers.percent(0, 1)).isEqualTo("0%");
    assertThat(Numbers.percent(1, 1)).isEqualTo("100%");
  }

  @Test
  void placesInADrawingHaveNoCommas() {
    assertThat(Numbers.coordinate(1000)).isEqualTo("1000.0");
    assertThat(Numbers.coordinate(12.34)).isEqualTo("12.3");
  }
}
