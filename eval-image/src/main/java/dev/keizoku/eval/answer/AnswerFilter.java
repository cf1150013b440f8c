package dev.keizoku.eval.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A step of a pipeline, by the names of lm-evaluation-harness.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code lm_eval/filters}.
 */
public interface AnswerFilter {
  /** Functions that are known. */
  List<String> NAMES =
      List.of(
          "regex",
          "take_first",
          "take_first_k",
          "remove_whitespace",
          "lowercase",
          "uppercase",
          "map",
          "majority_vote");

  /** {@code take_first}. */
  AnswerFilter FIRST = answers -> answers.subList(0, 1);

  /** From some answers to others. */
  List<String> apply(List<String> answers);

  /**
   * The step of that name.
   *
   * @param settings its other fields
   * @throws IllegalArgumentException in one line, for what is not known
   */
  static AnswerFilter of(String function, JsonNode settings) {
    return switch (function) {
      case "take_first" -> FIRST;
      case "take_first_k" -> {
        int k = settings.path("k").asInt(1);
        yield answers -> answers.subList(0, Math.min(k, answers.size()));
      }
      case "remove_whitespace" -> each(String::stripLeading);
      case "lowercase" -> each(text -> text.toLowerCase(Locale.ROOT));
      case "uppercase" -> each(text -> text.toUpperCase(Locale.ROOT));
      case "map" -> map(settings);
      case "majority_vote" -> AnswerFilter::majority;
      case "regex" -> regex(settings);
      default ->
          throw new IllegalArgumentException(
              "filter '%s' is not done here; there are %s"
                  .formatted(function, String.join(", ", NAMES)));
    };
  }

  private static AnswerFilter each(UnaryOperator<String> change) {
    return answers -> answers.stream().map(change).toList();
  }

  private static AnswerFilter map(JsonNode settings) {
    var words = new HashMap<String, String>();
    settings
        .path("mapping_dict")
        .properties()
        .forEach(of -> words.put(of.getKey(), of.getValue().asText()));
    var otherwise = settings.path("default_value").asText("");
    return each(text -> words.getOrDefault(text, otherwise));
  }

  /** The answer that is given most often; of several the one that was given first. */
  private static List<String> majority(List<String> answers) {
    var best = answers.getFirst();
    long most = 0;
    for (var answer : answers) {
      long votes = answers.stream().filter(answer::equals).count();
      if (votes > most) {
        best = answer;
        most = votes;
      }
    }
    return List.of(best);
  }

  private static AnswerFilter regex(JsonNode settings) {
    var pattern =
        PythonRegex.compile(settings.path("regex_pattern").asText("#### (\\-?[0-9\\.\\,]+)"));
    int select = settings.path("group_select").asInt(0);
    var fallback = settings.path("fallback").asText("[invalid]");
    return each(
        text -> {
          var found = found(pattern, text);
          int index = select < 0 ? found.size() + select : select;
          if (index < 0 || index >= found.size()) {
            return fallback;
          }
          return found.get(index) == null ? fallback : found.get(index).strip();
        });
  }

  private static List<String> found(Pattern pattern, String text) {
    try {
      return findAll(pattern, text);
    } catch (StackOverflowError e) {
      throw RunFault.userError(
          Reason.TASK_FILE_INVALID,
          "filter_list: '%s' goes too deep in an answer of %d characters; write a class of letters in place of alternatives that are repeated, as [0-9,]+ for (?:[0-9]|,)+."
              .formatted(pattern.pattern(), text.length()));
    }
  }

  /** As Python's {@code findall}: the whole match, or its first group that is not empty. */
  private static List<String> findAll(Pattern pattern, String text) {
    var found = new ArrayList<String>();
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      int groups = matcher.groupCount();
      var match = groups == 0 ? matcher.group() : null;
      for (int group = 1; group <= groups && (match == null || match.isEmpty()); group++) {
        match = matcher.group(group);
      }
      // Of several groups that are all empty the reference takes its fallback, of one the text.
      boolean none = match == null || match.isEmpty() && groups > 1;
      found.add(none ? groups == 1 ? "" : null : match);
    }
    return found;
  }
}
