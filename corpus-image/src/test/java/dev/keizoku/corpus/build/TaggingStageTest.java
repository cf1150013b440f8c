package dev.keizoku.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.timing.StageClock;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggingStageTest {
  private static final String RUN =
      """
      {"output": "file:///out", "tokenizer": "file:///t/", "sources": [
        {"name": "s", "uri": "file:///s/", "licence": "x", "recipe": "%s", "titleInText": true}]}
      """;

  @ParameterizedTest
  @CsvSource({
    "web, お問い合わせ 電話[PHONE]（[EMAIL]）",
    "wikipedia, お問い合わせ 電話03-1234-5678（ir@example.co.jp）",
  })
  void aTitleIsTaggedAsItsTextIs(String recipe, String title) throws IOException {
    var run = new ObjectMapper().readValue(RUN.formatted(recipe), CorpusRun.class);
    var tagging = new TaggingStage(run, run.sources().getFirst(), new StageClock());
    var document = Document.of("a", "お問い合わせ 電話03-1234-5678（ir@example.co.jp）", "ご意見をお待ちしております。");
    var cleaned = tagging.tag(document).document();
    assertThat(cleaned.title()).isEqualTo(title);
    assertThat(cleaned.text()).isEqualTo(title + "\nご意見をお待ちしております。");
  }
}
