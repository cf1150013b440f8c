package dev.keizoku.operator.words;

import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Why a condition is as it is: a word of the operator's, or one that a program chose. */
public sealed interface StatusReason permits RunReason, StatusReason.OfProgram {

  /** The CamelCase word as a condition, an event and an attempt show it. */
  String text();

  /** Whether a person should look. */
  boolean warns();

  /** Whether nothing goes on until a person has changed something. */
  boolean stalls();

  /**
   * A program's own word. What it says is not trusted to be one: it becomes a condition's reason
   * and an event's, for which the API server has a form.
   *
   * @param text one CamelCase word of at most 64 characters
   */
  record OfProgram(String text) implements StatusReason {
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");

    /** Only {@link StatusReason#ofProgram} makes one. */
    public OfProgram {
      if (!WORD.matcher(text).matches()) {
        throw new IllegalArgumentException("no CamelCase word");
      }
    }

    @Override
    public boolean warns() {
      return false;
    }

    @Override
    public boolean stalls() {
      return false;
    }
  }

  /** The program's word, or the other one where it said none that can be shown. */
  static StatusReason ofProgram(String said, RunReason otherwise) {
    return said == null || !OfProgram.WORD.matcher(said).matches()
        ? otherwise
        : new OfProgram(said);
  }

  /** Why a run stands where that status says; {@link RunReason#UNKNOWN} where it does not say. */
  static StatusReason of(RunStatus status) {
    return read(status.condition("Ready").map(Condition::reason).orElse(null));
  }

  /** What a status written before means by that word. */
  static StatusReason read(String text) {
    return Arrays.stream(RunReason.values())
        .filter(known -> known.text().equals(text))
        .map(StatusReason.class::cast)
        .findFirst()
        .orElseGet(() -> ofProgram(text, RunReason.UNKNOWN));
  }
}
