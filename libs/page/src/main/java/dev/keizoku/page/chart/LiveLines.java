package dev.keizoku.page.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A chart of curves as the page's script takes it: one list of steps, a list of values a curve. */
final class LiveLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MathContext DIGITS = new MathContext(6);
  private static final int STRETCHES = 1000;

  private LiveLines() {}

  private record Chart(
      boolean logarithmic,
      boolean fromZero,
      List<Long> steps,
      List<Curve> curves,
      List<Mark> marks) {}

  private record Curve(String style, List<BigDecimal> values) {}

  private record Mark(String style, List<Long> steps) {}

  static String json(LineChart chart) {
    var all = new TreeSet<Long>();
    chart.series().forEach(curve -> all.addAll(curve.telling(STRETCHES)));
    var steps = List.copyOf(all);
    var curves = new ArrayList<Curve>();
    for (int i = 0; i < chart.series().size(); i++) {
      curves.add(new Curve(Palette.curve(i), values(chart.series().get(i), steps)));
    }
    var marks = new ArrayList<Mark>();
    for (int i = 0; i < chart.marks().size(); i++) {
      marks.add(new Mark(Palette.mark(i), chart.marks().get(i).steps()));
    }
    boolean fromZero = chart.kind() == Scale.Kind.FROM_ZERO;
    try {
      return JSON.writeValueAsString(
          new Chart(chart.still().logarithmic(), fromZero, steps, curves, marks));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are JSON", e);
    }
  }

  // Null where a curve has no value at a step.
  private static List<BigDecimal> values(Series curve, List<Long> steps) {
    var values = new ArrayList<BigDecimal>();
    for (var step : steps) {
      var value = curve.points().get(step);
      values.add(value == null ? null : new BigDecimal(value).round(DIGITS).stripTrailingZeros());
    }
    return values;
  }
}
