package dev.keizoku.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.trainer.report.MetricsLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final List<Long> STEPS = List.of(50L, 40L, 30L, 20L, 10L);

  private static MetricsLog measured(double... perplexities) {
    var log = new MetricsLog();
    for (var i = 0; i < perplexities.length; i++) {
      log.evaluation(10L * i, Map.of("finance", perplexities[i], "general", 1.0 / (i + 1)));
    }
    return log;
  }

  @Test
  void theNewestAndTheBestStay() {
    var log = measured(1, 9, 5, 6, 7, 8);
    assertThat(new Retention(1, 1, "finance").kept(STEPS, log)).containsExactly(20L, 50L);
    assertThat(new Retention(2, 2, "finance").kept(STEPS, log)).containsExactly(20L, 30L, 40L, 50L);
    assertThat(new Retention(2, 0, null).kept(STEPS, log)).containsExactly(40L, 50L);
    assertThat(new Retention(9, 9, "finance").kept(STEPS, log)).hasSize(5);
  }

  @Test
  void theBestMayBeAmongTheNewest() {
    assertThat(new Retention(2, 1, "finance").kept(STEPS, measured(9, 8, 7, 6, 5, 4)))
        .containsExactly(40L, 50L);
  }

  @Test
  void whatIsNotFiniteIsNoPerplexity() {
    var log = measured(9, Double.NaN, 8, 9, Double.POSITIVE_INFINITY, 9);
    assertThat(new Retention(1, 1, "finance").kept(STEPS, log)).containsExactly(20L, 50L);
  }

  @Test
  void theBestSoFarIsToldWithoutTheBaseModel() {
    var one = new Retention(1, 1, "finance");
    assertThat(one.isBest(measured(1))).isFalse();
    assertThat(one.isBest(measured(1, 9))).isTrue();
    assertThat(one.isBest(measured(1, 9, 8))).isTrue();
    assertThat(one.isBest(measured(1, 9, 8, 8.5))).isFalse();
    assertThat(new Retention(1, 2, "finance").isBest(measured(1, 9, 8, 8.5))).isTrue();
    assertThat(new Retention(1, 0, null).isBest(measured(1, 9))).isFalse();
  }
}
