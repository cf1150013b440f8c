package dev.keizoku.corpus.report;

import dev.keizoku.page.Numbers;
import dev.keizoku.page.chart.BarChart;
import java.util.ArrayList;
import java.util.List;

/**
 * How many documents are how large, counted by powers of two. Whatever the order of the documents,
 * the same counts. Not safe for use from many threads.
 */
final class PowerHistogram {
  private final long[] counts = new long[Integer.SIZE];

  /** Counts one of that size, 0 or more. */
  void add(int size) {
    counts[Integer.SIZE - Integer.numberOfLeadingZeros(size)]++;
  }

  /** A bar a range, from the smallest one's to the largest one's. */
  BarChart chart(String title, String unit) {
    var bars = new ArrayList<BarChart.Bar>();
    int last = counts.length - 1;
    while (last > 0 && counts[last] == 0) {
      last--;
    }
    for (int bits = 0; bits <= last; bits++) {
      if (counts[bits] > 0 || !bars.isEmpty()) {
        bars.add(BarChart.Bar.of(range(bits), counts[bits], Numbers.count(counts[bits])));
      }
    }
    return new BarChart(title, unit, List.of(""), bars);
  }

  private static String range(int bits) {
    if (bits <= 1) {
      return Integer.toString(bits);
    }
    long low = 1L << (bits - 1);
    return Numbers.count(low) + " to " + Numbers.count(2 * low - 1);
  }
}
