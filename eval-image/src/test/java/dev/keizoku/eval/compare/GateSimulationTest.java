package dev.keizoku.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.eval.GateVerdict.Outcome;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.stats.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often the gate passes a candidate that is no better. As many questions as the benchmark has,
 * chabsa's sentences with several opinions each; base and candidate right with the same
 * probability. The whole of it: {@code make gate-simulation}.
 */
class GateSimulationTest {
  private static final int PAIRS = Integer.getInteger("gate.pairs", 1000);
  private static final int DRAWS = Integer.getInteger("gate.draws", 300);
  private static final double ALPHA = 0.05;

  @Test
  void falseAlarmsAreAsManyAsAlphaAllows() {
    long passed =
        IntStream.range(0, PAIRS).parallel().filter(GateSimulationTest::passesByChance).count();
    double rate = (double) passed / PAIRS;
    System.out.printf("False alarms: %d of %d = %.4f%n", passed, PAIRS, rate);
    // Half a point, or what so few pairs leave open: three standard errors.
    double open = PAIRS >= 10_000 ? 0.005 : 3 * Math.sqrt(ALPHA * (1 - ALPHA) / PAIRS);
    assertThat(rate).isBetween(ALPHA - open, ALPHA + open);
  }

  private static boolean passesByChance(int pair) {
    var random = new SplittableRandom(1_000_003L * pair + 17);
    var method = new Method(new PairedBootstrap(DRAWS, 0.95, pair), ALPHA);
    var rows = Comparisons.of(tasks(random), List.of("tuned"), method);
    var gate = new Gate(0.0, ALPHA, null, null, null, null);
    return GateVerdict.of(gate, Summaries.of(rows)).outcome() == Outcome.PASS;
  }

  private static List<Measured> tasks(SplittableRandom random) {
    return List.of(
        task("cma_basics", 38, 1, random),
        task("security_sales_1", 57, 1, random),
        task("cpa_audit", 398, 1, random),
        task("fp2", 475, 1, random),
        task("chabsa", 600, 4, random));
  }

  /** Answers of two models to questions of unequal difficulty, in units of 1 to most. */
  private static Measured task(String name, int units, int most, SplittableRandom random) {
    var keys = new ArrayList<String>();
    var base = new ArrayList<Double>();
    var tuned = new ArrayList<Double>();
    for (int unit = 0; unit < units; unit++) {
      double knows = random.nextDouble();
      boolean baseKnows = random.nextDouble() < knows;
      boolean tunedKnows = random.nextDouble() < knows;
      for (int item = 1 + random.nextInt(most); item > 0; item--) {
        keys.add(Integer.toString(unit));
        base.add(random.nextDouble() < (baseKnows ? 0.8 : 0.3) ? 1.0 : 0.0);
        tuned.add(random.nextDouble() < (tunedKnows ? 0.8 : 0.3) ? 1.0 : 0.0);
      }
    }
    return new Measured(
        name,
        List.of("default"),
        name,
        "acc",
        false,
        Units.byKey(keys),
        List.of(scores(base), scores(tuned)),
        List.of(),
        null);
  }

  private static MeanScores scores(List<Double> values) {
    return new MeanScores(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
