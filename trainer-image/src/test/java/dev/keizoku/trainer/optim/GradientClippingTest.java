package dev.keizoku.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GradientClippingTest {
  private static final GradientClipping ONE = new GradientClipping(1);

  @Test
  void aLargeNormIsScaledToTheLimit() {
    assertThat(ONE.factor(4)).isCloseTo(0.25, within(1e-6)).isLessThan(0.25);
    assertThat(new GradientClipping(0.5).factor(4)).isCloseTo(0.125, within(1e-6));
  }

  @Test
  void aSmallNormStays() {
    assertThat(ONE.factor(0.9)).isEqualTo(1);
    assertThat(ONE.factor(0)).isEqualTo(1);
  }

  @Test
  void zeroSwitchesItOff() {
    assertThat(new GradientClipping(0).factor(1e9)).isEqualTo(1);
  }
}
