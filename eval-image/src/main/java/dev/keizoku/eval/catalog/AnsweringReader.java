package dev.keizoku.eval.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.eval.answer.AnswerFilters;
import dev.keizoku.eval.answer.TextMetric;
import dev.keizoku.eval.task.Answering;
import dev.keizoku.eval.task.Expression;
import dev.keizoku.eval.task.TaskFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a {@code generate_until} task says of its answers.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code TaskConfig.__post_init__}, {@code
 * ConfigurableTask.__init__}, {@code HFLM.generate_until}.
 */
final class AnsweringReader {
  private static final int MAX_TOKENS = 256;
  private static final int MOST_TOKENS = 8192;
  private static final int MOST_REPEATS = 64;
  private static final long SEED = 1234;
  private static final Set<String> KWARGS =
      Set.of("until", "max_gen_toks", "do_sample", "temperature", "top_k", "top_p", "seed");
  private static final Set<String> ABOUT_METRIC =
      Set.of("metric", "aggregation", "higher_is_better", "hf_evaluate");
  private static final Set<String> SETTINGS =
      Set.of(
          "regexes_to_ignore", "ignore_case", "ignore_punctuation", "ignore_numbers", "tolerance");

  private final String place;
  private final ObjectNode fields;

  AnsweringReader(String place, ObjectNode fields) {
    this.place = place;
    this.fields = fields;
  }

  /**
   * Reads it.
   *
   * @param metrics names, known ones
   */
  Answering read(List<String> metrics) {
    try {
      var next = fields.path("metadata").get("next_turn");
      return new Answering(
          writing(), filters(), metrics(metrics), Expression.of(place, "metadata.next_turn", next));
    } catch (IllegalArgumentException e) {
      throw TaskFault.file(place, e.getMessage());
    }
  }

  private Answering.Writing writing() {
    var kwargs = fields.path("generation_kwargs");
    kwargs.fieldNames().forEachRemaining(name -> known(name, KWARGS, "generation_kwargs"));
    var until = new ArrayList<String>();
    var texts = kwargs.path("until");
    if (texts.isTextual()) {
      until.add(texts.asText());
    } else if (texts.isMissingNode()) {
      until.add(fields.path("fewshot_delimiter").asText("\n\n"));
    } else {
      texts.forEach(text -> until.add(text.asText()));
    }
    until.removeIf(String::isEmpty);
    return new Answering.Writing(
        List.copyOf(until),
        number(
            "generation_kwargs.max_gen_toks", kwargs.path("max_gen_toks"), MAX_TOKENS, MOST_TOKENS),
        number("repeats", fields.path("repeats"), 1, MOST_REPEATS),
        kwargs.path("do_sample").asBoolean(false) ? sampling(kwargs) : null,
        null);
  }

  private static int number(String name, JsonNode value, int otherwise, int most) {
    int number = value.isMissingNode() ? otherwise : value.asInt();
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(
          "%s %s is not possible, 1 to %d is".formatted(name, value, most));
    }
    return number;
  }

  private Answering.Sampling sampling(JsonNode kwargs) {
    var sampling =
        new Answering.Sampling(
            kwargs.path("temperature").asDouble(1),
            kwargs.path("top_k").asInt(0),
            kwargs.path("top_p").asDouble(1),
            kwargs.path("seed").asLong(fields.path("metadata").path("seed").asLong(SEED)));
    if (!(sampling.temperature() > 0)
        || sampling.topK() < 0
        || !(sampling.topP() > 0 && sampling.topP() <= 1)) {
      throw new IllegalArgumentException(
          "generation_kwargs with do_sample: true wants temperature above 0, top_k from 0 and top_p"
              + " above 0 to 1; without do_sample the likeliest token is taken");
    }
    return sampling;
  }

  private AnswerFilters filters() {
    var list = fields.path("filter_list");
    if (list.isMissingNode() || list.isNull()) {
      return AnswerFilters.NONE;
    }
    if (list.size() != 1) {
      throw new IllegalArgumentException(
          "filter_list has %d pipelines; a file has one, make a task file of each that includes the first"
              .formatted(list.size()));
    }
    return AnswerFilters.of(list.get(0));
  }

  private Map<String, TextMetric> metrics(List<String> names) {
    var metrics = new LinkedHashMap<String, TextMetric>();
    for (var name : names) {
      var settings = settings(name);
      settings
          .fieldNames()
          .forEachRemaining(
              setting -> {
                if (!ABOUT_METRIC.contains(setting)) {
                  known(setting, SETTINGS, "metric " + name);
                }
              });
      var aggregation = settings.path("aggregation").asText("mean");
      if (!aggregation.equals("mean")) {
        throw new IllegalArgumentException(
            "metric %s has aggregation '%s'; of answers mean is taken"
                .formatted(name, aggregation));
      }
      metrics.put(name, TextMetric.of(name, settings));
    }
    return metrics;
  }

  private JsonNode settings(String name) {
    for (var list : List.of(fields.path("metric_list"), fields.path("metadata").path("metrics"))) {
      for (var metric : list) {
        if (metric.path("metric").asText().equals(name)) {
          return metric;
        }
      }
    }
    return MissingNode.getInstance();
  }

  private static void known(String name, Set<String> names, String of) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "%s '%s' is not done here; there are %s"
              .formatted(of, name, String.join(", ", names.stream().sorted().toList())));
    }
  }
}
