package dev.keizoku.contract.eval;

import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.Summary;
import dev.keizoku.contract.words.Language;
import dev.keizoku.contract.words.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a gate says of an evaluation.
 *
 * @param outcome for all candidates together: one that is blocked blocks, one that is open leaves
 *     open
 * @param why a sentence a candidate
 */
public record GateVerdict(Outcome outcome, List<Sentence> why) {

  /** Place of its phrases. */
  public static final String PHRASES = "eval/gate";

  /** The three answers. */
  public enum Outcome {
    /** Every limit is kept, chance left aside. */
    PASS,
    /** A limit is broken, chance left aside. */
    BLOCK,
    /** These questions do not tell. */
    INCONCLUSIVE
  }

  /**
   * A sentence in no language yet.
   *
   * @param key of its phrase
   * @param values that it tells of
   */
  public record Sentence(String key, List<String> values) {}

  /**
   * Judges all candidates.
   *
   * @param result null where the program told none
   */
  public static GateVerdict of(Gate gate, EvalResult result) {
    if (result == null || result.summaries() == null || result.summaries().isEmpty()) {
      return open("noScores");
    }
    if (!gate.alpha().equals(result.alpha())) {
      return open("otherAlpha", String.valueOf(result.alpha()), String.valueOf(gate.alpha()));
    }
    return of(gate, result.summaries());
  }

  /** Judges candidates by their ends, taken at the gate's alpha. */
  public static GateVerdict of(Gate gate, List<Summary> summaries) {
    var verdicts = summaries.stream().map(of -> of(gate, of)).toList();
    var outcome =
        verdicts.stream().map(GateVerdict::outcome).reduce(Outcome.PASS, GateVerdict::worse);
    var why = new ArrayList<>(verdicts.stream().flatMap(of -> of.why.stream()).toList());
    if (Boolean.FALSE.equals(gate.significant())) {
      why.add(new Sentence("significantIsPast", List.of()));
    }
    return new GateVerdict(outcome, List.copyOf(why));
  }

  /** Judges one candidate. */
  public static GateVerdict of(Gate gate, Summary of) {
    return blocked(gate, of)
        .or(() -> undecided(gate, of))
        .orElseGet(
            () ->
                verdict(
                    Outcome.PASS,
                    "passed",
                    of.candidate(),
                    signed(of.low()),
                    signed(gate.minDelta())));
  }

  /**
   * Nothing can be said.
   *
   * @param key of the phrase that says why
   * @param values that it tells of
   */
  public static GateVerdict open(String key, String... values) {
    return verdict(Outcome.INCONCLUSIVE, key, values);
  }

  /** Why, in English, as conditions say it. */
  public String sentence() {
    return sentence(Language.EN);
  }

  /** Why. */
  public String sentence(Language language) {
    var phrases = Phrases.of(PHRASES, language);
    return why.stream()
        .map(of -> phrases.say(of.key(), of.values().toArray(String[]::new)))
        .collect(Collectors.joining(" "));
  }

  private static Optional<GateVerdict> blocked(Gate gate, Summary of) {
    if (of.same()) {
      return block("same", of.candidate());
    }
    if (of.high() <= gate.minDelta() && !(gate.minDelta() <= 0 && byChance(gate, of))) {
      return block("blockedOverall", of.candidate(), signed(of.high()), signed(gate.minDelta()));
    }
    var task = gate.maxTaskRegression();
    if (task != null && of.lost().gain() < -task) {
      var gain = signed(of.lost().gain());
      return block("blockedTask", of.candidate(), of.lost().task(), gain, loss(task));
    }
    var general = gate.maxGeneralRegression();
    if (general != null && of.general() != null && of.general().high() < -general) {
      var gain = signed(of.general().high());
      return block("blockedGeneral", of.candidate(), gain, loss(general));
    }
    return Optional.empty();
  }

  private static Optional<GateVerdict> undecided(Gate gate, Summary of) {
    if (of.low() <= gate.minDelta()) {
      var asked = signed(gate.minDelta());
      return Optional.of(open("openOverall", of.candidate(), signed(of.low()), asked));
    }
    if (gate.minDelta() >= 0 && byChance(gate, of)) {
      var level = String.valueOf(gate.alpha());
      return Optional.of(open("openChance", of.candidate(), loss(of.p() / 2), level));
    }
    var task = gate.maxTaskRegression();
    if (task != null && of.weakest().gain() <= -task) {
      var gain = signed(of.weakest().gain());
      var name = of.weakest().task();
      return Optional.of(open("openTask", of.candidate(), name, gain, loss(task)));
    }
    var general = gate.maxGeneralRegression();
    if (general != null && of.general() == null) {
      return Optional.of(open("noGeneralTask", of.candidate()));
    }
    if (general != null && of.general().low() <= -general) {
      var gain = signed(of.general().low());
      return Optional.of(open("openGeneral", of.candidate(), gain, loss(general)));
    }
    return Optional.empty();
  }

  /** Of few answers that differ an end may leave out 0 where the exact test does not. */
  private static boolean byChance(Gate gate, Summary of) {
    return of.p() != null && of.p() > 2 * gate.alpha();
  }

  private static Outcome worse(Outcome one, Outcome other) {
    var order = List.of(Outcome.PASS, Outcome.INCONCLUSIVE, Outcome.BLOCK);
    return order.indexOf(one) > order.indexOf(other) ? one : other;
  }

  private static Optional<GateVerdict> block(String key, String... values) {
    return Optional.of(verdict(Outcome.BLOCK, key, values));
  }

  private static GateVerdict verdict(Outcome outcome, String key, String... values) {
    return new GateVerdict(outcome, List.of(new Sentence(key, List.of(values))));
  }

  private static String signed(double gain) {
    return String.format(Locale.ROOT, "%+.4f", gain);
  }

  private static String loss(double allowed) {
    return String.format(Locale.ROOT, "%.4f", allowed);
  }
}
