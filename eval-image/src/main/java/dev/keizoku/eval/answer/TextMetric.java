package dev.keizoku.eval.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A metric of written answers: 1 for a right one, 0 for a wrong one. */
public interface TextMetric {
  /** Names of all, as task files use them. */
  List<String> NAMES = List.of("exact_match", "numeric_match");

  /** The metric of one answer. */
  double score(String answer, String right);

  /** The best over several right answers, of which any will do. */
  default double score(String answer, List<String> right) {
    return right.stream().mapToDouble(one -> score(answer, one)).max().orElse(0);
  }

  /**
   * The metric of that name.
   *
   * @param settings the metric's other fields in the task file
   * @throws IllegalArgumentException in one line, for settings that cannot be used
   */
  static TextMetric of(String name, JsonNode settings) {
    return name.equals("exact_match") ? exact(settings) : numeric(settings);
  }

  /**
   * Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code metrics.exact_match_hf_evaluate};
   * punctuation and numbers are ASCII's, as there.
   */
  private static TextMetric exact(JsonNode settings) {
    var ignored = new ArrayList<Pattern>();
    settings
        .path("regexes_to_ignore")
        .forEach(regex -> ignored.add(PythonRegex.compile(regex.asText())));
    if (settings.path("ignore_punctuation").asBoolean()) {
      ignored.add(Pattern.compile("\\p{Punct}"));
    }
    if (settings.path("ignore_numbers").asBoolean()) {
      ignored.add(Pattern.compile("[0-9]"));
    }
    boolean anyCase = settings.path("ignore_case").asBoolean();
    return (answer, right) -> {
      var is = without(ignored, answer, anyCase);
      return is.equals(without(ignored, right, anyCase)) ? 1 : 0;
    };
  }

  private static String without(List<Pattern> ignored, String text, boolean anyCase) {
    var left = text;
    for (var pattern : ignored) {
      left = pattern.matcher(left).replaceAll("");
    }
    return anyCase ? left.toLowerCase(Locale.ROOT) : left;
  }

  /** Numbers within a share of the right one, {@code tolerance}; other words are the same words. */
  private static TextMetric numeric(JsonNode settings) {
    double tolerance = settings.path("tolerance").asDouble(0.01);
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException(
          "tolerance %s is not between 0 and 1".formatted(tolerance));
    }
    return (answer, right) -> {
      var number = JapaneseNumber.in(right);
      if (number.isEmpty()) {
        return word(answer).equals(word(right)) ? 1 : 0;
      }
      return JapaneseNumber.in(answer).filter(is -> is.near(number.get(), tolerance)).isPresent()
          ? 1
          : 0;
    };
  }

  /** 増加しました, 増加した and 増加。 say the same. */
  private static String word(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("。$", "")
        .replaceFirst("(しました|した)$", "");
  }
}
