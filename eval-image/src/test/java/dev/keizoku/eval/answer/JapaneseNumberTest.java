package dev.keizoku.eval.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JapaneseNumberTest {
  private static final JsonNode DEFAULTS = new ObjectMapper().createObjectNode();

  /** Small models like to write the same digit until they may write no more. */
  @Test
  void longAnswersAreReadAtOnce() {
    for (var part : List.of("一", "一万", "1", "1 ", "1,", "千百", "(", "△", "　")) {
      var text = part.repeat(8192 / part.length());
      for (var end : List.of("", "x", "円です。x")) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> JapaneseNumber.in(text + end), part + end);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,030,674百万円 | 1030674e6",
        "１２３億４，５００万円 | 12345000000",
        "1兆2,345億円 | 1234500000000",
        "△1,000 | -1000",
        "▲12.5％ | -12.5",
        "−3.2ポイント | -3.2",
        "－3.2 | -3.2",
        "(1,234)百万円 | -1234",
        "500千円 | 500000",
        "5千万円 | 5e7",
        "約10.07%です。 | 10.07",
        "二百三十四億円 | 23400000000",
        "三千万円 | 3e7",
        "二〇二四 | 2024",
        "十二 | 12",
        "営業利益は 26534 百万円 | 26534e6",
        "-0.5 | -0.5",
        "12億3千万円 | 1230000000",
        "マイナス12.3% | -12.3",
        "1億2千5百万円 | 125000000",
        "2千5百万円 | 25000000",
        "2千5百円 | 2500",
        "0円 | 0"
      })
  void numbersAreReadWithTheirUnits(String text, double value) {
    assertThat(JapaneseNumber.in(text).orElseThrow().value())
        .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "増収", "一致する", "はい、一致します", "千葉銀行", "2023年は3億円", "10か20か", "円", "1,234 5,678"})
  void whatIsNoNumberOrSeveralIsNone(String text) {
    assertThat(JapaneseNumber.in(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1% | 10.07% | 1",
        "10.2% | 10.07% | 0",
        "10.07 | 10.07% | 1",
        "100億円 | 10000百万円 | 1",
        "10,000 | 10000百万円 | 1",
        "10000百万円 | 10,000 | 1",
        "10,000億円 | 10000百万円 | 0",
        "△5.0% | -5.0% | 1",
        "5.0% | -5.0% | 0",
        "0.001 | 0 | 0",
        "0.0 | 0 | 1",
        "増収しました | 増収 | 1",
        "増収。 | 増収 | 1",
        "増益 | 増収 | 0",
        "増収 | 12% | 0",
        "12% | 増収 | 0",
        "10.07か10.08 | 10.07 | 0"
      })
  void answersWithinTheToleranceAreRight(String answer, String right, double score) {
    assertThat(TextMetric.of("numeric_match", DEFAULTS).score(answer, right)).isEqualTo(score);
  }

  @Test
  void theToleranceIsTheTasks() throws IOException {
    var exact = TextMetric.of("numeric_match", new ObjectMapper().readTree("{\"tolerance\":0}"));
    assertThat(exact.score("100.0", "100")).isEqualTo(1);
    assertThat(exact.score("100.1", "100")).isZero();
    var wrong = new ObjectMapper().readTree("{\"tolerance\":2}");
    assertThatThrownBy(() -> TextMetric.of("numeric_match", wrong))
        .hasMessageContaining("tolerance 2.0 is not between 0 and 1");
  }
}
