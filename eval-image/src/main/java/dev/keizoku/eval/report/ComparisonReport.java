package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.page.Page;
import dev.keizoku.page.Page.Fact;
import java.util.List;

/** What {@code report/comparison.html} shows of models that ran somewhere, by what was kept. */
public final class ComparisonReport {
  private final VerdictSection verdict;
  private final String paired;

  private ComparisonReport(VerdictSection verdict, boolean paired) {
    this.verdict = verdict;
    this.paired =
        paired
            ? "Paired by item: the same questions for all models."
            : "Scores alone were kept: standard errors add up as if the models had been asked other questions; give the samples to pair them.";
  }

  /**
   * The page, UTF-8.
   *
   * @param title what is compared
   * @param paired whether the items were there
   */
  public static byte[] html(String title, Comparisons rows, Reading reading, boolean paired) {
    var page = new Page("Comparison", title);
    var section = new VerdictSection(rows, reading);
    return page.render("report/comparison.html", new ComparisonReport(section, paired));
  }

  /** The verdict with all candidates. */
  public VerdictSection verdict() {
    return verdict;
  }

  /** How it was compared. */
  public List<Fact> measured() {
    return List.of(new Fact("Pairs", paired));
  }
}
