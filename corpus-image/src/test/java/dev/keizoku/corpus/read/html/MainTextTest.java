package dev.keizoku.corpus.read.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import org.junit.jupiter.api.Test;

class MainTextTest {
  private static final String MENU =
      "<div><div><a href='/'>ホーム</a></div><div>文字サイズ</div><div>大</div><div>小</div></div>";

  private static String text(String body) throws UnreadableFileException {
    return HtmlReader.page("a.html", "a", body, false).text();
  }

  @Test
  void wordsAmongMenusGoAndTheTextStays() throws UnreadableFileException {
    assertThat(
            text(
                MENU
                    + "<p>当期の売上高は12.5％増の1,234百万円となりました。</p><p>以上</p><p>利益は減りました。</p>"
                    + "<div><a href='/x'>お問い合わせ</a></div><div>関連情報</div>"
                    + "<div>証券コード 1234</div>"))
        .isEqualTo("当期の売上高は12.5％増の1,234百万円となりました。\n以上\n利益は減りました。\n証券コード 1234\n");
  }

  @Test
  void shortLinesOfAPageWithoutMenusStay() throws UnreadableFileException {
    assertThat(text("<p>表紙</p><p>本文がここから始まります。</p><p>以上</p>")).isEqualTo("表紙\n本文がここから始まります。\n以上\n");
    assertThat(text("<p>春</p><p>夏</p>")).isEqualTo("春\n夏\n");
  }

  @Test
  void aPageOfNewsTitlesIsNoMenu() throws UnreadableFileException {
    var news = new StringBuilder("<h1>ニュースリリース</h1><ul><li><a href='/'>ホーム</a></li></ul><ul>");
    for (int i = 1; i <= 3; i++) {
      news.append("<li><a href='/%d'>2025年%d月期の業績予想の修正に関するお知らせ</a></li>".formatted(i, i));
    }
    assertThat(text(news + "</ul>"))
        .isEqualTo(
            """
            # ニュースリリース
            2025年1月期の業績予想の修正に関するお知らせ
            2025年2月期の業績予想の修正に関するお知らせ
            2025年3月期の業績予想の修正に関するお知らせ
            """);
  }

  @Test
  void headingsAreMarkdownAlsoWhereTheyLeadElsewhere() throws UnreadableFileException {
    assertThat(
            text(
                "<h1><a href='/'>決算短信</a></h1><h2>経営成績</h2><h3>概況</h3><p>増収でした。</p>"
                    + "<h2>関連リンク</h2><h3>資料</h3><ul><li><a href='/1'>一覧</a></li></ul>"))
        .isEqualTo("# 決算短信\n## 経営成績\n### 概況\n増収でした。\n");
  }

  @Test
  void itemsOfListsHaveTheirNumbers() throws UnreadableFileException {
    assertThat(
            text(
                "<p>次のとおりです。</p><ul><li>資産の部</li><li>・負債の部</li></ul>"
                    + "<ol start=3><li>売上高は増加しました。</li><li><p>費用は減少しました。</p></li></ol>"))
        .isEqualTo("次のとおりです。\n- 資産の部\n・負債の部\n3. 売上高は増加しました。\n4. 費用は減少しました。\n");
  }

  @Test
  void aTableIsTextWhateverItsCellsAre() throws UnreadableFileException {
    assertThat(
            text(
                MENU
                    + "<form><table><tr><td>売上</td><td>1</td></tr><tr><td></td><td>2</td></tr></table></form>"))
        .isEqualTo("売上\t1\n\t2\n");
  }

  @Test
  void aRowWhoseTitleLeadsElsewhereIsARow() throws UnreadableFileException {
    var link = "<a href='/1'>2024年3月期 決算短信〔日本基準〕（連結）に関するお知らせ</a>";
    assertThat(
            text(
                MENU
                    + "<p>当社の開示資料は次のとおりです。業績は堅調に推移しました。</p>"
                    + "<table><tr><td>5月10日</td><td>%s</td></tr><tr><td>社債</td><td>%s</td></tr>"
                        .formatted(link, link)
                    + "<tr><td><a href='/2'>トップページに戻る</a></td><td><a href='/3'>投資家情報</a></td></tr>"
                    + "</table><ul><li>2024.5.10 %s</li><li>%s</li></ul>".formatted(link, link)
                    + "<div>1 <a href='/4'>2</a> <a href='/5'>3</a> <a href='/6'>次のページへ進む</a></div>"))
        .isEqualTo(
            """
            当社の開示資料は次のとおりです。業績は堅調に推移しました。
            5月10日\tTITLE
            社債\tTITLE
            2024.5.10 TITLE
            """
                .replace("TITLE", "2024年3月期 決算短信〔日本基準〕（連結）に関するお知らせ"));
  }

  @Test
  void aTableOfNothingButLinksIsAMenu() throws UnreadableFileException {
    assertThat(
            text(
                "<table><tr><td><a href='/1'>会社情報のご案内</a></td><td><a href='/2'>採用</a></td></tr>"
                    + "</table><p>当期の売上高は増加しました。利益も増加しました。</p>"))
        .isEqualTo("当期の売上高は増加しました。利益も増加しました。\n");
  }
}
