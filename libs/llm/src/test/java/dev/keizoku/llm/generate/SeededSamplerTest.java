package dev.keizoku.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the probabilities of transformers' warpers: src/test/reference/sampling.py. */
class SeededSamplerTest {
  private static final int DRAWS = 20_000;

  private static JsonNode golden() throws IOException {
    try (var in = SeededSamplerTest.class.getResourceAsStream("/sampling.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static LogProbabilities row(JsonNode values) {
    var floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i).doubleValue();
    }
    return new LogProbabilities(floats, floats.length);
  }

  private static double[] doubles(JsonNode values) {
    return IntStream.range(0, values.size())
        .mapToDouble(i -> values.get(i).doubleValue())
        .toArray();
  }

  @Test
  void probabilitiesAreTheWarpers() throws IOException {
    int cases = 0;
    for (var of : golden()) {
      var row = row(of.get("logprobs"));
      for (var asked : of.get("cases")) {
        var warped =
            Warped.of(
                row,
                0,
                asked.get("temperature").doubleValue(),
                asked.get("top_k").intValue(),
                asked.get("top_p").doubleValue());
        var found = new double[row.vocabulary()];
        double all = Arrays.stream(warped.weights()).sum();
        for (int i = 0; i < warped.tokens().length; i++) {
          found[warped.tokens()[i]] = warped.weights()[i] / all;
        }
        assertThat(found)
            .as(asked.toString())
            .containsExactly(doubles(asked.get("probabilities")), within(1e-12));
        cases++;
      }
    }
    assertThat(cases).isEqualTo(18);
  }

  /** Each within five standard errors; the same seed draws the same. */
  @Test
  void tokensAreDrawnByThem() throws IOException {
    var of = golden().get(0);
    var row = row(of.get("logprobs"));
    var asked = of.get("cases").get(6);
    var probabilities = doubles(asked.get("probabilities"));
    var sampler = new SeededSampler(1.3, 7, 0.75, 5);
    var again = new SeededSampler(1.3, 7, 0.75, 5);
    var counts = new int[row.vocabulary()];
    for (int i = 0; i < DRAWS; i++) {
      int token = sampler.next(row, 0);
      assertThat(again.next(row, 0)).isEqualTo(token);
      counts[token]++;
    }
    for (int token = 0; token < counts.length; token++) {
      double p = probabilities[token];
      assertThat(counts[token] / (double) DRAWS)
          .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / DRAWS)));
    }
  }

  /** Rows as large as real ones, with as little left over as there can be. */
  @Test
  void aVocabularyOfManyTokensIsCutTheSame() {
    var values = new float[150_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = -(i % 1_000) * 0.02f - 5;
    }
    var row = new LogProbabilities(values, values.length);
    var likeliest = Warped.of(row, 0, 1, 400, 1);
    assertThat(likeliest.tokens()).hasSize(400).startsWith(0, 1_000, 2_000).contains(2, 1_002);
    var nucleus = Warped.of(row, 0, 1, 0, 0.9);
    double all = IntStream.range(0, values.length).mapToDouble(i -> Math.exp(values[i] + 5)).sum();
    double kept = Arrays.stream(nucleus.weights()).sum();
    assertThat(kept).isGreaterThanOrEqualTo(0.9 * all).isLessThan(0.9 * all + 1);
  }
}
