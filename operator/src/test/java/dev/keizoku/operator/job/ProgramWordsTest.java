package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program says goes into the status only as far as it is whole, and bounded. */
class ProgramWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"runUid\":\"u\",\"artifact\":{\"uri\":\"s3://b/m\"}}",
        "{\"runUid\":\"u\",\"artifact\":{\"sha256\":\"ab\"}}",
        "{\"runUid\":\"u\",\"corpus\":{\"documents\":1}}",
        "{\"runUid\":\"u\",\"eval\":{\"dtype\":\"float32\"}}",
        "{\"runUid\":\"u\",\"eval\":{\"overall\":[null]}}",
        "{\"runUid\":\"u\",\"eval\":{\"overall\":[{\"task\":\"overall\"}]}}",
        "{\"runUid\":\"u\",\"eval\":7}",
        "null",
        "Exception in thread main"
      })
  void aReportThatIsNotWholeIsNone(String message) {
    assertThat(ProgramWords.finalReport(message)).isEmpty();
  }

  @Test
  void progressIsCutToWhatAStatusCanHold() {
    var metrics =
        IntStream.range(0, 5000)
            .mapToObj("\"m%d\":1.0"::formatted)
            .collect(Collectors.joining(",", "{\"" + "x".repeat(65) + "\":1.0,", "}"));
    var notices =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    "{\"time\":\"t%d\",\"reason\":\"R\",\"message\":\"%s\"}"
                        .formatted(i, "m".repeat(9000)))
            .collect(Collectors.joining(",", "[", "]"));
    var said =
        ProgramWords.progress(
                "{\"runUid\":\"u\",\"stage\":\"%s\",\"step\":1,\"metrics\":%s,\"notices\":%s}"
                    .formatted("s".repeat(9000), metrics, notices))
            .orElseThrow();
    assertThat(said.stage()).hasSize(64);
    assertThat(said.metrics()).hasSize(64).doesNotContainKey("x".repeat(65));
    assertThat(said.notices()).hasSize(8);
    assertThat(said.notices().getLast().time()).isEqualTo("t49");
    assertThat(said.notices()).allSatisfy(n -> assertThat(n.message()).hasSize(512));
  }

  @Test
  void noProgressIsLessThanNone() {
    assertThat(ProgramWords.progress("{\"runUid\":\"u\",\"stage\":\"s\",\"step\":-1}")).isEmpty();
  }
}
