package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void leavesOutTheReadingOfRuby() {
    assertThat(text("<p><ruby>金利<rp>(</rp><rt>きんり</rt><rp>)</rp></ruby>が上がる</p>"))
        .isEqualTo("金利が上がる\n");
  }

  @Test
  void aTableRowIsALineWithTabs() {
    assertThat(
            text(
                "<table><tr><th>科目</th><th>金額</th></tr>"
                    + "<tr><td><p>売上</p><p>原価</p></td><td>△1,234</td></tr></table>"))
        .isEqualTo("科目\t金額\n売上 原価\t△1,234\n");
  }

  @Test
  void aTableThatOnlyLaysOutIsItsBlocks() {
    assertThat(text("<table><tr><td><p>一</p><p>二</p></td></tr></table>")).isEqualTo("一\n二\n");
  }

  @Test
  void joinsWhatTheSourceBrokeIntoLines() {
    assertThat(text("<p>当社は、\n  成長<b>する</b>。<br>次の行</p>")).isEqualTo("当社は、成長する。\n次の行\n");
  }

  @Test
  void keepsTheSpaceBetweenWordsOfLatinLetters() {
    assertThat(text("<p>Return on\n equity（ROE） とは</p>")).isEqualTo("Return on equity（ROE） とは\n");
  }

  @Test
  void aLineOfLinksIsAMenu() {
    assertThat(text("<ul><li><a href='/'>ホーム</a></li></ul><p>本文の<a href='x'>第一条</a>による。</p>"))
        .isEqualTo("本文の第一条による。\n");
  }

  private static String text(String html) {
    return HtmlText.of(Jsoup.parse(html).body());
  }
}
