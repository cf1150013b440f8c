package dev.keizoku.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.timing.StageClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggingStageTest {
  private static final String RUN =
      """
      {"output": "file:///out", "tokenizer": "file:///t/", "sources": [
        {"name": "s", "uri": "file:///s/", "licence": "x", "recipe": "%s", "titleInText": true}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "民事再生法施行規則|# 民事再生法施行規則\\n\\n（平成二十七年法務省令第十三号）|titleOnly",
        "手形法|手形法（昭和七年法律第二十号）\\n第一条 手形|",
        "日銀、利上げを決定|日銀、利上げを決定|",
        "円相場|円相場（1ドル150円）|",
      })
  void aLawWithoutTextGoes(String title, String text, String reason) throws IOException {
    var run = new ObjectMapper().readValue(RUN.formatted("law"), CorpusRun.class);
    var tagging = new TaggingStage(run, run.sources().getFirst(), new StageClock());
    var document = Document.of("a", title, text.replace("\\n", "\n"));
    assertThat(tagging.tag(document).document().rejection()).isEqualTo(reason);
  }

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

  @Test
  void withoutARecipeATabStandsBetweenTwoCells() throws IOException {
    var plain = RUN.replace(", \"recipe\": \"%s\"", "");
    var run = new ObjectMapper().readValue(plain, CorpusRun.class);
    var tagging = new TaggingStage(run, run.sources().getFirst(), new StageClock());
    var found = Document.of("a", "", "科目\t当期\n---\t---\n売上\t△1,234").withTables();
    assertThat(tagging.tag(found).document().text()).isEqualTo("科目\t当期\n売上\t△1,234");
  }

  @Test
  void tablesOfReadersAreMarkdownAndTabsOfSourcesStay() throws IOException {
    var run = new ObjectMapper().readValue(RUN.formatted("disclosure"), CorpusRun.class);
    var tagging = new TaggingStage(run, run.sources().getFirst(), new StageClock());
    var head = "科目\t前期\t当期\n";
    var row = "売上\t\t△1,234";
    var found = Document.of("a", "", "業績\n" + head + "---\t---\t---\n" + row);
    assertThat(tagging.tag(found.withTables()).document().text())
        .isEqualTo("業績\n| 科目 | 前期 | 当期 |\n| --- | --- | --- |\n| 売上 | | △1,234 |");
    assertThat(tagging.tag(found).document().text()).isEqualTo(found.text());
    assertThat(tagging.tag(found.withTables()).id())
        .as("as releases before called it")
        .isEqualTo(DocumentId.of("s", Document.of("a", "", "業績\n" + head + row)));
  }
}
