package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.page.Page;
import dev.keizoku.page.Page.Fact;
import java.util.ArrayList;
import java.util.List;

/** What {@code report/comparison.html} shows of models that ran somewhere, by what was kept. */
public final class ComparisonReport {
  private final VerdictSection verdict;
  private final List<Fact> measured;

  private ComparisonReport(VerdictSection verdict, List<Fact> measured) {
    this.verdict = verdict;
    this.measured = measured;
  }

  /**
   * The page, UTF-8.
   *
   * @param title what is compared
   * @param paired whether the items were there
   * @param leftOut tasks of the base model that are not compared
   */
  public static byte[] html(
      String title, Comparisons rows, Reading reading, boolean paired, List<String> leftOut) {
    var words = reading.words();
    var how = new ArrayList<Fact>();
    how.add(new Fact(words.say("pairs"), words.say(paired ? "paired" : "unpaired")));
    if (!leftOut.isEmpty()) {
      how.add(new Fact(words.say("leftOut"), ComparisonText.leftOut(leftOut, reading)));
    }
    var section = new VerdictSection(rows, reading);
    return new Page(words.say("comparison"), title)
        .in(words.language().tag(), words::say)
        .render("report/comparison.html", new ComparisonReport(section, how));
  }

  /** The verdict with all candidates. */
  public VerdictSection verdict() {
    return verdict;
  }

  /** How it was compared. */
  public List<Fact> measured() {
    return measured;
  }
}
