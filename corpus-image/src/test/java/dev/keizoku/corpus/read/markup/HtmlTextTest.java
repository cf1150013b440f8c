package dev.keizoku.corpus.read.markup;

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
  void aFormThatHoldsThePageIsNoFrameOfIt() {
    var body =
        Jsoup.parse(
                "<form><h1>決算短信</h1><p>当期の売上高は増加した。</p><select><option>年</select>"
                    + "<button>送る</button></form><form><label>検索</label></form>")
            .body();
    PageChrome.removeFrom(body);
    assertThat(HtmlText.of(body)).isEqualTo("# 決算短信\n当期の売上高は増加した。\n");
  }

  @Test
  void leavesOutHiddenBlocks() {
    assertThat(
            text(
                "<div style='color:red; Display : NONE;'>隠</div><p"
                    + " style=\"visibility:hidden\">秘</p><p hidden>匿</p><p"
                    + " style='display:block'>表</p>"))
        .isEqualTo("表\n");
  }

  @Test
  void aTableRowIsALineWithTabs() {
    assertThat(
            text(
                "<table><tr><th>科目</th><th>金額</th></tr>"
                    + "<tr><td><p>売上</p><p>原価</p></td><td>△1,234</td></tr></table>"))
        .isEqualTo("科目\t金額\n---\t---\n売上 原価\t△1,234\n");
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

  @Test
  void aRowOfDataStaysThoughItsNameLeadsElsewhere() {
    assertThat(
            text(
                "<table><tr><td><a href='#1'>連結貸借対照表に関する注記</a></td><td>12</td></tr><tr><td><a"
                    + " href='#2'>前の頁</a></td><td><a href='#3'>次の頁</a></td></tr></table>"))
        .isEqualTo("連結貸借対照表に関する注記\t12\n");
  }

  @Test
  void anEmptyCellKeepsItsColumn() {
    assertThat(
            text(
                "<table><tr><td></td><th>前期</th><th>当期</th></tr>"
                    + "<tr><td>売上</td><td>&nbsp;</td><td>100</td></tr>"
                    + "<tr><td>費用</td><td>90</td><td></td></tr><tr><td></td><td></td></tr></table>"))
        .isEqualTo("\t前期\t当期\n売上\t\u00a0\t100\n費用\t90\n");
  }

  @Test
  void spannedColumnsAndRowsAreUnfolded() {
    assertThat(
            text(
                "<table><tr><th rowspan=2>科目</th><th colspan=2>前期</th><th colspan=2>当期</th></tr>"
                    + "<tr><th>金額</th><th>比率</th><th>金額</th><th>比率</th></tr>"
                    + "<tr><td>売上</td><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"))
        .isEqualTo("科目\t前期\t\t当期\n\t金額\t比率\t金額\t比率\n---\t---\t---\t---\t---\n売上\t1\t2\t3\t4\n");
    assertThat(
            text(
                "<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c<br>d</td></tr>"
                    + "<tbody><tr><td>e</td><td colspan=x>f</td></tr></tbody></table>"))
        .isEqualTo("a\tb\n\tc d\ne\tf\n");
  }

  @Test
  void aColumnInWhichNoCellBeginsIsNone() {
    assertThat(
            text(
                "<table><tr>"
                    + "<td></td>".repeat(11)
                    + "</tr><tr><td colspan=10>売上高</td><td>100</td></tr>"
                    + "<tr><td></td><td colspan=9>利息</td><td>5</td></tr></table>"))
        .isEqualTo("売上高\t\t100\n\t利息\t5\n");
  }

  @Test
  void blocksOfACellAreApart() {
    assertThat(
            text(
                "<table><tr><td>基準日</td><td><p>９月３０日</p>\n<p>３月３１日</p>\n</td></tr>"
                    + "<tr><td>取扱場所</td><td>東京都<br />\n大阪府\n京都府</td></tr></table>"))
        .isEqualTo("基準日\t９月３０日 ３月３１日\n取扱場所\t東京都 大阪府京都府\n");
  }

  @Test
  void aColumnWithoutATextInAnyRowIsNone() {
    assertThat(
            text(
                "<table><tr><th>科目</th><th></th><th>前期</th><th> </th><th>当期</th></tr>"
                    + "<tr><td>売上</td><td></td><td>1</td><td></td><td>2</td></tr>"
                    + "<tr><td>利益</td><td></td><td></td><td></td><td>3</td></tr></table>"))
        .isEqualTo("科目\t前期\t当期\n---\t---\t---\n売上\t1\t2\n利益\t\t3\n");
  }

  @Test
  void spansCannotAskForEndlessTabs() {
    var row = "<tr><td colspan=1000 rowspan=65534>a</td><td colspan=1000>b</td></tr>";
    assertThat(text("<table>" + row.repeat(100) + "</table>").length()).isLessThan(40_000);
  }

  @Test
  void aRowWithATableInACellOnlyLaysOut() {
    assertThat(
            text(
                "<table><tr><td><table><tr><td>売上</td><td>1</td></tr></table></td>"
                    + "<td><p>注</p><p>記</p></td></tr></table>"))
        .isEqualTo("売上\t1\n注\n記\n");
  }

  @Test
  void raisedAndLoweredDigitsDoNotJoinTheNumberBefore() {
    assertThat(
            text(
                "<p>10<sup>6</sup>円、m<sup>2</sup>、10<sup>-3</sup>、売上高<sup><a"
                    + " href='#n'>1</a></sup></p>"))
        .isEqualTo("10⁶円、m²、10⁻³、売上高¹\n");
    assertThat(text("<p>CO<sub>2</sub>は log<sub>10</sub>100、1<sup>st</sup></p>"))
        .isEqualTo("CO2は log₁₀100、1st\n");
  }

  @Test
  void numbersOfTwoLinesOfTheSourceAreTwo() {
    assertThat(text("<p>１００\n２００</p>")).isEqualTo("１００ ２００\n");
  }

  private static String text(String html) {
    return HtmlText.of(Jsoup.parse(html).body());
  }
}
