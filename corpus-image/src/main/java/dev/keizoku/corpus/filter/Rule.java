package dev.keizoku.corpus.filter;

import dev.keizoku.contract.corpus.Repetition;
import dev.keizoku.contract.corpus.Rules;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a document must meet: a measure of its text and on which side of a limit it has to be. */
public enum Rule {
  /** More than one character in a hundred was lost on the way. No recipe turns it off. */
  BROKEN("brokenCharacters", Side.MOST, rules -> 0.01, TextTraits::brokenShare),
  /** Menus and advertisements for the most part. */
  BOILERPLATE("boilerplate", Side.MOST, Rules::maxBoilerplateShare, TextTraits::boilerplateShare),
  /** Too short. */
  SHORT("tooShort", Side.LEAST, Rules::minCharacters, TextTraits::characters),
  /** Too long. */
  LONG("tooLong", Side.MOST, Rules::maxCharacters, TextTraits::characters),
  /** Not mainly Japanese. Digits and signs do not count: disclosures are full of them. */
  LANGUAGE("notJapanese", Side.LEAST, Rules::minJapaneseRatio, TextTraits::japaneseRatio),
  /** Kanji almost alone. */
  KANA("fewKana", Side.LEAST, Rules::minKanaShare, text -> text.prose().kanaShare()),
  /** Read in a wrong encoding. */
  MOJIBAKE("mojibake", Side.MOST, Rules::maxMojibakeShare, TextTraits::misreadShare),
  /** Stars and arrows. */
  SYMBOLS("manySymbols", Side.MOST, Rules::maxSymbolShare, text -> text.prose().symbolShare()),
  /** Menus and lists of words. */
  SENTENCES(
      "fewSentences", Side.LEAST, Rules::minSentenceShare, text -> text.prose().sentenceShare()),
  /** Not on finance. */
  FINANCE("littleFinance", Side.LEAST, Rules::minFinanceScore, TextTraits::finance),
  /** Lines that stood before. */
  LINES(
      "duplicateLines",
      Side.MOST,
      repetition(Repetition::maxDuplicateLineShare),
      text -> text.prose().duplicateLineShare()),
  /** Letters in lines that stood before. */
  LINE_LETTERS(
      "duplicateLineLetters",
      Side.MOST,
      repetition(Repetition::maxDuplicateLineLetterShare),
      text -> text.prose().duplicateLineLetterShare()),
  /** Paragraphs that stood before. */
  PARAGRAPHS(
      "duplicateParagraphs",
      Side.MOST,
      repetition(Repetition::maxDuplicateParagraphShare),
      text -> text.prose().duplicateParagraphShare()),
  /** Letters in paragraphs that stood before. */
  PARAGRAPH_LETTERS(
      "duplicateParagraphLetters",
      Side.MOST,
      repetition(Repetition::maxDuplicateParagraphLetterShare),
      text -> text.prose().duplicateParagraphLetterShare()),
  /** One run of two letters again and again. */
  TOP_2(
      "top2Grams",
      Side.MOST,
      repetition(Repetition::maxTop2GramShare),
      text -> text.prose().grams().top2()),
  /** One run of three. */
  TOP_3(
      "top3Grams",
      Side.MOST,
      repetition(Repetition::maxTop3GramShare),
      text -> text.prose().grams().top3()),
  /** One run of four. */
  TOP_4(
      "top4Grams",
      Side.MOST,
      repetition(Repetition::maxTop4GramShare),
      text -> text.prose().grams().top4()),
  /** Runs of five letters that stood before. */
  DUPLICATE_5(
      "duplicate5Grams",
      Side.MOST,
      repetition(Repetition::maxDuplicate5GramShare),
      text -> text.prose().grams().duplicate5()),
  /** Runs of ten. */
  DUPLICATE_10(
      "duplicate10Grams",
      Side.MOST,
      repetition(Repetition::maxDuplicate10GramShare),
      text -> text.prose().grams().duplicate10());

  private enum Side {
    LEAST,
    MOST
  }

  private final String reason;
  private final Side side;
  private final Function<Rules, Number> limit;
  private final ToDoubleFunction<TextTraits> measure;

  Rule(
      String reason,
      Side side,
      Function<Rules, Number> limit,
      ToDoubleFunction<TextTraits> measure) {
    this.reason = reason;
    this.side = side;
    this.limit = limit;
    this.measure = measure;
  }

  private static Function<Rules, Number> repetition(Function<Repetition, Number> limit) {
    return rules -> rules.repetition() == null ? null : limit.apply(rules.repetition());
  }

  /** The word that drops are counted under, in camel case. */
  public String reason() {
    return reason;
  }

  /** The limit that a source sets; empty where it does not ask. */
  Optional<Double> limit(Rules rules) {
    return Optional.ofNullable(limit.apply(rules)).map(Number::doubleValue);
  }

  /** What is held against the limit. */
  public double measure(TextTraits text) {
    return measure.applyAsDouble(text);
  }

  /** The side of its limit on which a document has to be, in words. */
  public String bound() {
    return side == Side.LEAST ? "at least" : "at most";
  }

  /** What no limit from 0 to 1 drops. */
  double best() {
    return side == Side.LEAST ? 1 : 0;
  }

  boolean keeps(TextTraits text, double asked) {
    return side == Side.LEAST ? measure(text) >= asked : measure(text) <= asked;
  }
}
