package dev.keizoku.page.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static Series series(long steps, long spike) {
    var points = new TreeMap<Long, Double>();
    LongStream.rangeClosed(1, steps).forEach(step -> points.put(step, step == spike ? 99 : 1.0));
    return new Series("loss", points);
  }

  private static LineChart chart(Scale.Kind kind, Series... series) {
    return new LineChart("Loss", "nats", kind, List.of(series), List.of());
  }

  @Test
  void theScriptGetsAValueAStepAndNullWhereThereIsNone() throws Exception {
    var chart =
        chart(
            Scale.Kind.FITTED,
            new Series("a", new TreeMap<>(Map.of(0L, 1 / 3.0, 10L, 2e-7))),
            new Series("b", new TreeMap<>(Map.of(5L, 4.5, 7L, Double.NaN))));
    var json = JsonMapper.builder().build().readTree(chart.live());
    assertThat(json.get("steps")).hasToString("[0,5,10]");
    assertThat(json.get("curves").get(0).get("values")).hasToString("[0.333333,null,2.0E-7]");
    assertThat(json.get("curves").get(1).get("values")).hasToString("[null,4.5,null]");
    assertThat(json.get("logarithmic").booleanValue()).isFalse();
  }

  @Test
  void aLongRunKeepsItsSpikes() throws Exception {
    var chart = chart(Scale.Kind.FITTED, series(100_000, 54_321));
    var steps = JsonMapper.builder().build().readTree(chart.live()).get("steps");
    assertThat(steps.size()).isBetween(1000, 2002);
    assertThat(steps).anyMatch(step -> step.longValue() == 54_321);
    assertThat(steps.get(0).longValue()).isEqualTo(1);
    assertThat(steps.get(steps.size() - 1).longValue()).isEqualTo(100_000);
    assertThat(chart.still().lines().getFirst().path().chars().filter(c -> c == 'L').count())
        .isLessThan(402);
  }

  @Test
  void nothingToDrawIsEmpty() {
    assertThat(chart(Scale.Kind.FITTED, new Series("a", new TreeMap<>())).isEmpty()).isTrue();
    assertThat(
            chart(Scale.Kind.FITTED, new Series("a", new TreeMap<>(Map.of(1L, Double.NaN))))
                .isEmpty())
        .isTrue();
    assertThat(chart(Scale.Kind.FITTED, series(1, 0)).isEmpty()).isFalse();
  }

  @Test
  void barsBeginAtZeroAndTheirPartsFollowEachOther() {
    var chart =
        new BarChart(
            "t",
            "u",
            List.of("a", "b"),
            List.of(
                new BarChart.Bar("x", List.of(30.0, 20.0), "50"),
                new BarChart.Bar("y", List.of(0.0, 100.0), "100")));
    assertThat(chart.ticks()).extracting(PlaceOnScale::text).containsExactly("0", "50", "100");
    assertThat(chart.drawn().getFirst().pieces())
        .containsExactly(
            new BarChart.Piece("c0", "0.00%", "30.00%"),
            new BarChart.Piece("c1", "30.00%", "20.00%"));
    assertThat(chart.drawn().getLast().pieces())
        .containsExactly(new BarChart.Piece("c1", "0.00%", "100.00%"));
  }

  @Test
  void intervalsHaveZeroInTheMiddle() {
    var plot =
        new IntervalPlot("t", List.of(new IntervalPlot.Row("x", -0.05, 0.1, 0.2, "noise", "+0.1")));
    assertThat(plot.ticks())
        .extracting(PlaceOnScale::text)
        .containsExactly("\u22120.2", "\u22120.1", "0", "+0.1", "+0.2");
    assertThat(plot.ticks().get(2).x()).isEqualTo("50.00%");
    assertThat(plot.drawn().getFirst())
        .isEqualTo(new IntervalPlot.Drawn("x", "noise", "+0.1", "37.50%", "75.00%", "100.00%"));
    var none = new IntervalPlot("t", List.of(new IntervalPlot.Row("x", 0, 0, 0, "noise", "0")));
    assertThat(none.drawn().getFirst().value()).isEqualTo("50.00%");
  }
}
