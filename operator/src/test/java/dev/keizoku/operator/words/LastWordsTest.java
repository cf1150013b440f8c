package dev.keizoku.operator.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastWordsTest {

  @Test
  void twentyLinesAreKept() {
    var log = IntStream.range(0, 50).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    assertThat(LastWords.of(log).lines()).hasSize(20).startsWith("line 30").endsWith("line 49");
    assertThat(LastWords.of("x".repeat(5_000))).hasSize(1_024);
    assertThat(LastWords.of(" \n")).isEmpty();
    assertThat(LastWords.of(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY=s3cr3t/v4lue+x failed",
        "secretKey: s3cr3t/v4lue+x",
        "{\"accessKey\": \"s3cr3t/v4lue+x\"}",
        "db.password = s3cr3t/v4lue+x",
        "Authorization: Bearer s3cr3t/v4lue+x",
        "GET http://user:s3cr3t/v4lue+x@minio:9000/b",
        "https://s3/b?X-Amz-Signature=s3cr3t/v4lue+x&y=1",
        "AWS_SESSION_TOKEN=s3cr3t/v4lue+x",
        "Incorrect API key provided: sk-proj-s3cr3t_v4lue_0123456789"
      })
  void whatLooksLikeAKeyIsStruckOut(String line) {
    assertThat(LastWords.of("before\n" + line + "\nafter"))
        .contains("before", "after", "***")
        .doesNotContain("v4lue");
  }

  @Test
  void whatATrainingSaysStays() {
    var line = "step 5: tokens: 1234 tokensPerSecond=9.5 loss=3.25 s3://keizoku/a@b/c key=value";
    assertThat(LastWords.of(line)).isEqualTo(line);
    assertThat(LastWords.of("AKIAABCDEFGHIJKLMNOP")).isEqualTo("***");
  }
}
