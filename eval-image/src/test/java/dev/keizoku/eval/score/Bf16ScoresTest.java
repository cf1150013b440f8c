package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.llm.torch.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same answers as lm-evaluation-harness of a model that is sure of them, in its own bf16 and
 * widened; the model and the values are made by {@code src/test/reference/bf16.py}.
 */
class Bf16ScoresTest {
  private static final Path KEPT = Path.of("src/test/resources/models/sure.json");

  /**
   * @param share of a log-likelihood that it may be off: the reference takes the softmax in bf16
   */
  @ParameterizedTest
  @CsvSource({"BFLOAT16, 0.05", "FLOAT32, 1e-5"})
  void answersAreThoseOfTheReference(DataType type, double share) throws IOException {
    var expected =
        new ObjectMapper().readTree(KEPT.toFile()).get(type.name().toLowerCase(Locale.ROOT));
    var task = ChoiceScorerTest.goldenRequests();
    ChoiceScores scores;
    try (var model = ChoiceScorerTest.load("sure", type, 2)) {
      scores = new ChoiceScorer(model, 2048).score(task, done -> {});
    }
    int right = 0;
    for (int i = 0; i < expected.size(); i++) {
      double[] theirs = numbers(expected.get(i));
      double[] ours = scores.logLikelihoods()[i];
      assertThat(best(ours)).as("answer to request %d", i).isEqualTo(best(theirs));
      for (int choice = 0; choice < ours.length; choice++) {
        assertThat(Math.abs(ours[choice] - theirs[choice]))
            .as("request %d, choice %d: %s and %s", i, choice, ours[choice], theirs[choice])
            .isLessThan(share * Math.max(1, Math.abs(theirs[choice])));
      }
      right += best(ours) == task.requests().get(i).gold() ? 1 : 0;
    }
    // 113 of 129, seven of which have no right answer: it is no coin that is tossed.
    assertThat(right).isEqualTo(113);
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static int best(double[] values) {
    double most = Arrays.stream(values).max().orElseThrow();
    return IntStream.range(0, values.length).filter(i -> values[i] == most).findFirst().orElse(-1);
  }
}
