package dev.keizoku.page.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A place on an axis that lies.
 *
 * @param x percent of the width, for instance {@code 12.50%}
 * @param text what stands there
 * @param anchor where the text's middle is: {@code start}, {@code middle} or {@code end}; at the
 *     ends it stays inside
 */
public record PlaceOnScale(String x, String text, String anchor) {
  private static final double EDGE = 0.02;

  static PlaceOnScale of(Scale scale, double value, String text) {
    double at = scale.at(value);
    return new PlaceOnScale(
        percent(at), text, at < EDGE ? "start" : at > 1 - EDGE ? "end" : "middle");
  }

  static String percent(double share) {
    return new BigDecimal(share * 100).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + "%";
  }
}
