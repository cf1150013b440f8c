package dev.keizoku.corpus.decontaminate;

import dev.keizoku.contract.corpus.Decontamination.OnHit;
import java.util.List;

/**
 * Looks for questions in documents and does what the run asks for.
 *
 * @param questions what is looked for
 * @param onHit what becomes of a document that holds one
 */
public record Decontaminator(QuestionIndex questions, OnHit onHit) {
  /** Why a document is dropped that holds a question. */
  public static final String REASON = "benchmarkQuestion";

  /**
   * What was found in a document.
   *
   * @param text what is left of it
   * @param hits the questions in it as it came
   */
  public record Found(String text, List<Hit> hits) {
    /** Whether nothing was found. */
    public boolean isClean() {
      return hits.isEmpty();
    }
  }

  /** Looks through a text. */
  public Found search(String text) {
    var hits = questions.find(text);
    boolean cut = onHit == OnHit.CUT && !hits.isEmpty();
    return new Found(cut ? CutText.of(text, questions) : text, hits);
  }
}
