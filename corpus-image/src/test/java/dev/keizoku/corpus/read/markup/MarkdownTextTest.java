package dev.keizoku.corpus.read.markup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTextTest {

  private static String plain(String markdown) {
    return MarkdownText.of(markdown).text();
  }

  @Test
  void rowsOfATableAreLinesAndCellsHaveTabs() {
    assertThat(
            plain(
                """
                業績は次の通り。

                | 区分 | 2024年3月期 | 2025年3月期 |
                |:-----|-----------:|-----------:|
                | **売上高** | 1,234 | △56 |
                | 営業利益 | `12.3` | a \\| b |
                """))
        .isEqualTo(
            "業績は次の通り。\n\n区分\t2024年3月期\t2025年3月期\n---\t---\t---\n売上高\t1,234\t△56\n営業利益\t12.3\ta | b\n");
  }

  @Test
  void aRowMayBeShorterOrLongerThanTheHead() {
    assertThat(plain("|期|額|\n|---|---|\n|1|\n|2|300|※ **注**|4|\n"))
        .isEqualTo("期\t額\n---\t---\n1\t\n2\t300\t※ 注\t4\n");
    assertThat(plain("期 | 額\n--- | ---\n1 | 2 | 3\n")).isEqualTo("期\t額\n---\t---\n1\t2\t3\n");
  }

  @Test
  void listItemsKeepTheirNumbersAsTheyWereWritten() {
    assertThat(plain("1. 第一\n1. 第二\n\n3) 第三\n   1. 内訳\n- 点\n"))
        .isEqualTo("1. 第一\n1. 第二\n\n3) 第三\n1. 内訳\n点\n");
    assertThat(plain("2024. 設立\n2026. 上場\n")).isEqualTo("2024. 設立\n2026. 上場\n");
  }

  @Test
  void emphasisEndsAtJapanesePunctuationToo() {
    assertThat(plain("この**「預金等」**とは、**100%**の**（注）**。*甲*と`乙`。\n"))
        .isEqualTo("この「預金等」とは、100%の（注）。甲と乙。\n");
    assertThat(plain("の**[銀行法](a.md)**及び2 * 3 * 4、\\*印、a\\_b\n"))
        .isEqualTo("の銀行法及び2 * 3 * 4、*印、a_b\n");
  }

  @Test
  void numbersThatLookLikeMarkupStay() {
    var text = "-5 +3 #1 3*4 5_000_000 1|2 &lt;10 [1] ~~7~~ $8$\n";
    assertThat(plain(text)).isEqualTo(text.replace("&lt;", "<"));
  }

  @Test
  void linksImagesAndAddressesAreTheirText() {
    assertThat(
            plain(
                "[銀行法](./a.md#b)、![図の説明](x.png)、<https://example.com/1>、[注][n]\n\n"
                    + "[n]: https://example.com/2\n"))
        .isEqualTo("銀行法、図の説明、https://example.com/1、注\n");
  }

  @Test
  void notesThatLookLikeAddressesStay() {
    assertThat(plain("本文[^1]\n\n[^1]: 単位は百万円\n\n[注]: 連結ベース\n"))
        .isEqualTo("本文[1]\n\n[1] 単位は百万円\n\n[注]: 連結ベース\n");
  }

  @Test
  void htmlIsItsTextWithoutReadingsAndComments() {
    assertThat(plain("<a id=\"x\"></a>\n<ruby>金融<rt>きんゆう</rt></ruby>庁<br>次<!-- 内部 -->\n"))
        .isEqualTo("\n金融庁\n次\n");
    assertThat(plain("<table>\n<tr><td>1</td><td>2</td></tr>\n\n<tr><td>3</td><td>4</td></tr>\n"))
        .isEqualTo("1\t2\n\n3\t4\n");
  }

  @Test
  void codeAndQuotesStayAndRulesGo() {
    assertThat(plain("> 引用\n\n***\n\n```java\nint a = 1;\n```\n\n    b **c**\n"))
        .isEqualTo("引用\n\nint a = 1;\n\nb **c**\n");
  }

  @Test
  void theTitleIsTheFirstHeadingOfEitherForm() {
    assertThat(MarkdownText.of("前文\n\n有価証券**報告書**\n===\n本文\n").title()).isEqualTo("有価証券報告書");
    assertThat(MarkdownText.of("## 第一 #\n# 第二\n").title()).isEqualTo("第一");
    assertThat(plain("## 第一 #\n本文\n\n第二\n===\n")).isEqualTo("## 第一\n本文\n\n# 第二\n");
    assertThat(MarkdownText.of("本文だけ\n").title()).isNull();
  }

  @Test
  void deepNestingIsRead() {
    assertThat(plain("*a ".repeat(20_000))).contains("a");
    assertThat(plain("[".repeat(20_000) + "1")).endsWith("1\n");
    assertThat(plain("> ".repeat(2_000) + "1\n")).isEqualTo("1\n");
    assertThat(plain("**a ".repeat(3_000) + "b** ".repeat(3_000))).contains("a", "b");
  }
}
