package dev.keizoku.eval.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against lm-evaluation-harness; {@code src/test/reference/answers.py} makes the values. */
class AnswersGoldenTest {
  private static final JsonNode GOLDEN = Golden.read("answers.json");

  @Test
  void filtersLeaveWhatTheReferenceLeaves() {
    for (var golden : GOLDEN.get("filters")) {
      var answers = new ArrayList<String>();
      golden.get("answers").forEach(answer -> answers.add(answer.textValue()));
      var steps = (ArrayNode) golden.get("steps");
      var left = filters(steps.deepCopy()).one(answers);
      // Where the reference ends in an exception there is no such match.
      var wanted = golden.get("left").isNull() ? "[invalid]" : golden.get("left").textValue();
      assertThat(left).as("%s of %s", steps, answers).isEqualTo(wanted);
    }
  }

  private static AnswerFilters filters(ArrayNode steps) {
    steps.addObject().put("function", "take_first");
    var pipeline = new ObjectMapper().createObjectNode().put("name", "none");
    pipeline.set("filter", steps);
    return AnswerFilters.of(pipeline);
  }

  /** Python has no such limit: nothing is read out of it, and it is said how to write it. */
  @Test
  void anExpressionThatGoesTooDeepIsNamed() throws IOException {
    var settings = new ObjectMapper().readTree("{\"regex_pattern\": \"(?:[0-9]|,)+x\"}");
    var filter = AnswerFilter.of("regex", settings);
    assertThat(filter.apply(List.of("1,2x"))).containsExactly("1,2x");
    assertThatThrownBy(() -> filter.apply(List.of("1,".repeat(2_000_000))))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("(?:[0-9]|,)+x' goes too deep in an answer of 4000000 characters");
  }

  @Test
  void exactMatchIsTheReferences() {
    for (var golden : GOLDEN.get("exactMatch")) {
      var metric = TextMetric.of("exact_match", golden.get("settings"));
      assertThat(metric.score(golden.get("answer").textValue(), golden.get("right").textValue()))
          .as(golden.toString())
          .isEqualTo(golden.get("score").doubleValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "regex | ( | '(' is no regular expression",
        "regex | [a | '[a' is no regular expression",
        "regex | (?P<a_b>x) | '(?P<a_b>x)' is no regular expression",
        "format_span | x | filter 'format_span' is not done here; there are regex"
      })
  void whatIsNoFilterIsRefused(String function, String pattern, String sentence) {
    var steps = new ObjectMapper().createArrayNode();
    steps.addObject().put("function", function).put("regex_pattern", pattern);
    assertThatThrownBy(() -> filters(steps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}
