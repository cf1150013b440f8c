package dev.keizoku.corpus.report;

import dev.keizoku.page.Numbers;
import dev.keizoku.page.chart.BarChart;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the kept documents are, counted by powers of two. Whatever the order of the documents,
 * the same counts. Not safe for use from many threads.
 */
public final class LengthHistogram {
  private final long[] documents = new long[Integer.SIZE];

  /** Counts a document of that many tokens, its end-of-text token included. */
  public void add(int tokens) {
    documents[Integer.SIZE - Integer.numberOfLeadingZeros(tokens)]++;
  }

  /** A bar a range, from the shortest document's to the longest one's. */
  BarChart chart() {
    var bars = new ArrayList<BarChart.Bar>();
    int last = documents.length - 1;
    while (last > 0 && documents[last] == 0) {
      last--;
    }
    for (int bits = 0; bits <= last; bits++) {
      if (documents[bits] > 0 || !bars.isEmpty()) {
        bars.add(BarChart.Bar.of(range(bits), documents[bits], Numbers.count(documents[bits])));
      }
    }
    return new BarChart(
        "Documents by their tokens, training and held out", "documents", List.of(""), bars);
  }

  private static String range(int bits) {
    if (bits <= 1) {
      return Integer.toString(bits);
    }
    long low = 1L << (bits - 1);
    return Numbers.count(low) + " to " + Numbers.count(2 * low - 1);
  }
}
