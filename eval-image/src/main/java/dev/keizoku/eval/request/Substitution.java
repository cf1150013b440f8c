package dev.keizoku.eval.request;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code {name}} by its value, in one pass, so that braces in a value stay. */
final class Substitution {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

  private Substitution() {}

  static String apply(String template, Map<String, String> variables) {
    return VARIABLE
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), variables)));
  }

  private static String value(String name, Map<String, String> variables) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "The prompt text names {%s}, which the task does not have.".formatted(name));
    }
    return value;
  }
}
