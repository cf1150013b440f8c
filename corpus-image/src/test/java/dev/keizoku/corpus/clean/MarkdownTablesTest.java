package dev.keizoku.corpus.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTablesTest {

  /** Lines end in /, a tab is written as a right arrow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "本文。/終わり。 > 本文。/終わり。",
        "科目→前期→当期/---→---→---/売上→1→2 > | 科目 | 前期 | 当期 |/| --- | --- | --- |/| 売上 | 1 | 2 |",
        "科目→→当期/→90/費用→→△5 > | 科目 | | 当期 |/| | 90 |/| 費用 | | △5 |",
        "科目→当期/---→---→---/→90→1/費用 > | 科目 | 当期 | |/| --- | --- | --- |/| | 90 | 1 |/費用",
        "表/a→b/文。/c→d→e > 表/| a | b |/文。/| c | d | e |",
        "a|b→c > | a\\|b | c |",
        "---→---/a→b > | a | b |",
        "a→b/---→--- > | a | b |",
        "a→b/---→---/---→---/c→d > | a | b |/| --- | --- |/| c | d |",
        "見出し→金額//a→b > | 見出し | 金額 |//| a | b |",
      })
  void rowsOfTabsAreRowsOfPipes(String tabs, String markdown) {
    var text = tabs.replace('/', '\n').replace('→', '\t');
    var expected = markdown.replace('/', '\n');
    assertThat(MarkdownTables.of(text)).isEqualTo(expected);
    assertThat(MarkdownTables.inTabs(expected))
        .isEqualTo(text.replaceAll("(?m)^---(\t---)+\n?", "").replaceAll("\n$", ""));
  }

  @Test
  void aWideRowAmongManyNarrowOnesFillsUpNoMemory() {
    var text = "a" + "\tb".repeat(99) + "\na\tb".repeat(100_000);
    assertThat(MarkdownTables.of(text).length()).isLessThan(6 * text.length());
  }

  @Test
  void aLineIsARowByTabsOrPipes() {
    var text = "文。\na\tb\n| a | b |\n|x|\n| a";
    int from = 0;
    var rows = new StringBuilder();
    for (var line : text.split("\n")) {
      rows.append(MarkdownTables.isRow(text, from, from + line.length()) ? 'r' : '-');
      from += line.length() + 1;
    }
    assertThat(rows.toString()).isEqualTo("-rr--");
  }
}
