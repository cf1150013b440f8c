package dev.keizoku.page.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.page.chart.Scale.Kind;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {

  private static Scale scale(Kind kind, double... values) {
    return Scale.of(kind, DoubleStream.of(values), 5);
  }

  @Test
  void ticksAreRoundAndHoldTheValues() {
    assertThat(scale(Kind.FITTED, 4.37, 9.01).ticks())
        .containsExactly(4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
    assertThat(scale(Kind.FROM_ZERO, 3e-4).ticks()).containsExactly(0.0, 1e-4, 2e-4, 3e-4);
    assertThat(scale(Kind.FITTED, 0, 300).ticks()).containsExactly(0.0, 100.0, 200.0, 300.0);
  }

  @Test
  void ratiosAreLogarithmicWhereTheySpanADecade() {
    var wide = scale(Kind.RATIO, 30, 8000);
    assertThat(wide.logarithmic()).isTrue();
    assertThat(wide.ticks())
        .containsExactly(20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0);
    assertThat(wide.at(20)).isZero();
    assertThat(wide.at(10_000)).isEqualTo(1);
    assertThat(scale(Kind.RATIO, 20, 25).logarithmic()).isFalse();
    // A norm of zero has no logarithm.
    assertThat(scale(Kind.RATIO, 0, 8000).logarithmic()).isFalse();
    assertThat(scale(Kind.RATIO, 1e-6, 1).ticks()).hasSize(7).startsWith(1e-6).endsWith(1.0);
  }

  @Test
  void oneValueOrNoneHasAnAxisToo() {
    assertThat(scale(Kind.FITTED).ticks()).startsWith(0.0).endsWith(1.0);
    assertThat(scale(Kind.FITTED, Double.NaN).ticks()).hasSizeGreaterThan(1);
    assertThat(scale(Kind.FITTED, 7).ticks()).hasSizeGreaterThan(1);
    assertThat(scale(Kind.FROM_ZERO, 0).ticks()).hasSizeGreaterThan(1);
  }

  @Test
  void nothingIsDrawnOutside() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      double low = random.nextDouble() * Math.pow(10, random.nextInt(-9, 9));
      double high = low + random.nextDouble() * Math.pow(10, random.nextInt(-9, 9));
      for (var kind : Kind.values()) {
        var scale = scale(kind, low, high);
        assertThat(scale.at(low)).as("%s %s %s", kind, low, high).isBetween(-1e-6, 1 + 1e-6);
        assertThat(scale.at(high)).as("%s %s %s", kind, low, high).isBetween(-1e-6, 1 + 1e-6);
        assertThat(scale.ticks()).isSorted().doesNotHaveDuplicates().hasSizeBetween(2, 12);
      }
    }
  }
}
