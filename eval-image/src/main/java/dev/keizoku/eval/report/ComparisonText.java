package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparisons;
import java.util.ArrayList;
import java.util.List;

/** A comparison on a terminal: the sentences of the page. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The lines, a candidate after the other. */
  public static List<String> lines(Comparisons rows, Reading reading) {
    var lines = new ArrayList<String>();
    for (var section : new VerdictSection(rows, reading).candidates()) {
      lines.add(section.name());
      lines.add("  " + section.finding());
      add(lines, section.basis());
      add(lines, section.agreement());
      add(lines, section.sweep());
      section.findings().forEach(finding -> add(lines, finding));
      add(lines, section.nearChance());
    }
    return lines;
  }

  /** What was not compared. */
  public static String leftOut(List<String> tasks, Reading reading) {
    return reading.words().say("leftOutHow", String.join(", ", tasks));
  }

  private static void add(List<String> lines, String text) {
    if (!text.isEmpty()) {
      lines.add("  " + text);
    }
  }
}
