package dev.keizoku.contract.eval;

import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a gate says of an evaluation.
 *
 * @param outcome for all candidates together: one that is blocked blocks, one that is open leaves
 *     open
 * @param sentence why, a sentence a candidate
 */
public record GateVerdict(Outcome outcome, String sentence) {

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
   * Judges all candidates.
   *
   * @param result null where the program told none
   */
  public static GateVerdict of(Gate gate, EvalResult result) {
    if (result == null || result.summaries() == null || result.summaries().isEmpty()) {
      return open(
          "The program told no scores; read results.json beside the artifact, or evaluate again.");
    }
    if (!gate.alpha().equals(result.alpha())) {
      return open(
          text(
              "The intervals were taken at alpha %s and the gate asks %s; set it back or evaluate"
                  + " again.",
              result.alpha(), gate.alpha()));
    }
    return of(gate, result.summaries());
  }

  /** Judges candidates by their ends, taken at the gate's alpha. */
  public static GateVerdict of(Gate gate, List<Summary> summaries) {
    var verdicts = summaries.stream().map(of -> of(gate, of)).toList();
    var outcome =
        verdicts.stream().map(GateVerdict::outcome).reduce(Outcome.PASS, GateVerdict::worse);
    var sentences = new ArrayList<>(verdicts.stream().map(GateVerdict::sentence).toList());
    if (Boolean.FALSE.equals(gate.significant())) {
      sentences.add("gate.significant is no longer read: the interval is always asked; remove it.");
    }
    return new GateVerdict(outcome, String.join(" ", sentences));
  }

  /** Judges one candidate. */
  public static GateVerdict of(Gate gate, Summary of) {
    return blocked(gate, of)
        .or(() -> open(gate, of))
        .orElseGet(
            () ->
                new GateVerdict(
                    Outcome.PASS,
                    text(
                        "%s passes: its overall gain is more than %+.4f at the lower end, the gate"
                            + " asks for more than %+.4f.",
                        of.candidate(), of.low(), gate.minDelta())));
  }

  private static Optional<GateVerdict> blocked(Gate gate, Summary of) {
    if (of.same()) {
      return block(
          "%s scores as the base model on every question; check that it is the tuned model.",
          of.candidate());
    }
    if (of.high() <= gate.minDelta()) {
      return block(
          "%s is blocked: its overall gain is at most %+.4f at the upper end, the gate asks for more"
              + " than %+.4f.",
          of.candidate(), of.high(), gate.minDelta());
    }
    var task = gate.maxTaskRegression();
    if (task != null && of.lost().gain() < -task) {
      return block(
          "%s is blocked: on %s its gain is at most %+.4f at the upper end, the gate allows a loss of"
              + " %.4f.",
          of.candidate(), of.lost().task(), of.lost().gain(), task);
    }
    var general = gate.maxGeneralRegression();
    if (general != null && of.general() != null && of.general().high() < -general) {
      return block(
          "%s is blocked: on general tasks its gain is at most %+.4f at the upper end, the gate"
              + " allows a loss of %.4f.",
          of.candidate(), of.general().high(), general);
    }
    return Optional.empty();
  }

  private static Optional<GateVerdict> open(Gate gate, Summary of) {
    if (of.low() <= gate.minDelta()) {
      return undecided(
          "%s is open: its overall gain may be as little as %+.4f, the gate asks for more than"
              + " %+.4f; more questions or prompts would tell.",
          of.candidate(), of.low(), gate.minDelta());
    }
    var task = gate.maxTaskRegression();
    if (task != null && of.weakest().gain() <= -task) {
      return undecided(
          "%s is open: on %s its gain may be as little as %+.4f, the gate allows a loss of %.4f; more"
              + " questions or prompts would tell.",
          of.candidate(), of.weakest().task(), of.weakest().gain(), task);
    }
    var general = gate.maxGeneralRegression();
    if (general != null && of.general() == null) {
      return undecided(
          "%s is open: maxGeneralRegression asks for general tasks, and none was run; add one to"
              + " tasks.",
          of.candidate());
    }
    if (general != null && of.general().low() <= -general) {
      return undecided(
          "%s is open: on general tasks its gain may be as little as %+.4f, the gate allows a loss of"
              + " %.4f; more questions would tell.",
          of.candidate(), of.general().low(), general);
    }
    return Optional.empty();
  }

  private static Outcome worse(Outcome one, Outcome other) {
    var order = List.of(Outcome.PASS, Outcome.INCONCLUSIVE, Outcome.BLOCK);
    return order.indexOf(one) > order.indexOf(other) ? one : other;
  }

  private static Optional<GateVerdict> block(String pattern, Object... values) {
    return Optional.of(new GateVerdict(Outcome.BLOCK, text(pattern, values)));
  }

  private static Optional<GateVerdict> undecided(String pattern, Object... values) {
    return Optional.of(open(text(pattern, values)));
  }

  private static GateVerdict open(String sentence) {
    return new GateVerdict(Outcome.INCONCLUSIVE, sentence);
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
