package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.page.Page;
import dev.keizoku.page.Page.Fact;
import java.util.List;

/** What {@code report/comparison.html} shows of models that ran somewhere, by what was kept. */
public final class ComparisonReport {
  private final VerdictSection verdict;
  private final Fact paired;

  private ComparisonReport(VerdictSection verdict, Fact paired) {
    this.verdict = verdict;
    this.paired = paired;
  }

  /**
   * The page, UTF-8.
   *
   * @param title what is compared
   * @param paired whether the items were there
   */
  public static byte[] html(String title, Comparisons rows, Reading reading, boolean paired) {
    var words = reading.words();
    var how = new Fact(words.say("pairs"), words.say(paired ? "paired" : "unpaired"));
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
    return List.of(paired);
  }
}
