package dev.keizoku.eval.judge;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One answer of the judge, kept as it came.
 *
 * @param key digest of all that it depends on
 * @param task name in result files
 * @param question number in the task
 * @param baseFirst whether the base model's answer was shown first
 * @param verdict what it says
 * @param said the judge's whole answer; null where there is none
 * @param fault why there is none; null where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judgement(
    String key,
    String task,
    int question,
    boolean baseFirst,
    Verdict verdict,
    String said,
    String fault) {

  private static final String NO_LETTER = "it names none of [[A]], [[B]], [[C]]";

  static Judgement said(String key, AnswerPair pair, boolean baseFirst, String said) {
    var verdict = Rubric.read(said, baseFirst);
    return new Judgement(
        key,
        pair.task(),
        pair.question(),
        baseFirst,
        verdict,
        said,
        verdict == Verdict.UNSCORED ? NO_LETTER : null);
  }

  static Judgement unscored(String key, AnswerPair pair, boolean baseFirst, String fault) {
    return new Judgement(
        key, pair.task(), pair.question(), baseFirst, Verdict.UNSCORED, null, fault);
  }

  static Judgement same(String key, AnswerPair pair, boolean baseFirst) {
    return new Judgement(key, pair.task(), pair.question(), baseFirst, Verdict.SAME, null, null);
  }

  /**
   * The same for a pair of this run. It may have been kept of one in which the models were the
   * other way round, so that what the judge said is read anew.
   */
  Judgement of(AnswerPair pair, boolean shownFirst) {
    return said == null
        ? unscored(key, pair, shownFirst, fault)
        : said(key, pair, shownFirst, said);
  }
}
