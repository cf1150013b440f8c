package dev.keizoku.corpus.report;

import dev.keizoku.page.Numbers;
import dev.keizoku.page.chart.BarChart;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How long the kept documents are, when they were published, and how large the groups are of those
 * that are alike. Whatever the order of the documents, the same counts. Not safe for use from many
 * threads.
 */
public final class Histograms {
  /** Publication dates are numbers like 20241231. */
  private static final int DAYS_OF_YEAR = 10_000;

  private static final int MOST_YEARS = 30;
  private static final int DECADE = 10;

  private final PowerHistogram lengths = new PowerHistogram();
  private final PowerHistogram clusters = new PowerHistogram();
  private final TreeMap<Integer, Long> years = new TreeMap<>();
  private long undated;

  /**
   * Counts a document that is written.
   *
   * @param tokens its end-of-text token included
   * @param date of publication as the number 20241231; 0 when not known
   */
  public void document(int tokens, int date) {
    lengths.add(tokens);
    if (date == 0) {
      undated++;
    } else {
      years.merge(date / DAYS_OF_YEAR, 1L, Long::sum);
    }
  }

  /** Counts documents that are alike, those that were dropped among them. */
  public void cluster(int documents) {
    clusters.add(documents);
  }

  BarChart lengths() {
    return lengths.chart("Documents by their tokens, training and held out", "documents");
  }

  BarChart clusters() {
    return clusters.chart("Groups of documents that are alike, by how many they are", "groups");
  }

  /** A bar a year, or a decade where there are many; those without a date last. */
  BarChart years() {
    var bars = new ArrayList<BarChart.Bar>();
    if (!years.isEmpty()) {
      int span = years.lastKey() - years.firstKey() < MOST_YEARS ? 1 : DECADE;
      int first = years.firstKey() / span * span;
      for (int year = first; year <= years.lastKey(); year += span) {
        long documents =
            years.subMap(year, year + span).values().stream().mapToLong(Long::longValue).sum();
        var name = span == 1 ? Integer.toString(year) : year + " to " + (year + span - 1);
        bars.add(BarChart.Bar.of(name, documents, Numbers.count(documents)));
      }
      bars.add(BarChart.Bar.of("no date", undated, Numbers.count(undated)));
    }
    return new BarChart("Documents by the year of publication", "documents", List.of(""), bars);
  }
}
