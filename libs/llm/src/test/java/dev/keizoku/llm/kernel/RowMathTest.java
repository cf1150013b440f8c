package dev.keizoku.llm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMathTest {

  @BeforeEach
  void needsTheVectorApi() {
    assumeTrue(HostKernels.AVAILABLE, "no vectors of 256 bits here");
  }

  private static float exp(float x) {
    return RowMath.exp(FloatVector.broadcast(Rows.FLOATS, x)).lane(0);
  }

  @Test
  void exponentialIsExactToTwoUnits() {
    for (var x = -86.4f; x < 88.2f; x += 0.0137f) {
      var exact = Math.exp(x);
      assertThat((double) exp(x))
          .as("exp(%s)", x)
          .isCloseTo(exact, within(2.0 * Math.ulp((float) exact)));
    }
  }

  private static float exp2(float x) {
    return RowMath.exp2(FloatVector.broadcast(Rows.FLOATS, x)).lane(0);
  }

  @Test
  void powerOfTwoIsExactToTwoUnits() {
    for (var x = -125.9f; x < 126.9f; x += 0.0137f) {
      var exact = Math.pow(2, x);
      assertThat((double) exp2(x))
          .as("2^%s", x)
          .isCloseTo(exact, within(2.0 * Math.ulp((float) exact)));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-126.1f, -1000, Float.NEGATIVE_INFINITY})
  void powerOfTwoOfWhatIsHiddenIsNothing(float x) {
    assertThat(exp2(x)).isZero();
  }

  @Test
  void powerOfTwoOfNotANumberIsNone() {
    assertThat(exp2(Float.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {-87, -1000, Float.NEGATIVE_INFINITY})
  void exponentialOfWhatIsHiddenIsNothing(float x) {
    assertThat(exp(x)).isZero();
  }

  @Test
  void exponentialOfNotANumberIsNone() {
    assertThat(exp(Float.NaN)).isNaN();
  }

  @Test
  void bitsDoNotDependOnTheCompiler() {
    var first = new float[1024];
    for (var i = 0; i < first.length; i++) {
      first[i] = (float) Math.sin(i) * 10;
    }
    var expected = first.clone();
    var expectedSum = RowMath.exp(expected, 1);
    for (var round = 0; round < 20_000; round++) {
      var values = first.clone();
      assertThat(RowMath.exp(values, 1)).isEqualTo(expectedSum);
      if (round % 1000 == 0) {
        assertThat(Arrays.equals(values, expected)).isTrue();
      }
    }
  }
}
