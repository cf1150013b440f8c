package dev.keizoku.corpus.read.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfPagesTest {
  private static final String SEASONS = "春夏秋冬";

  private static PdfPages pages(List<List<String>> pages) {
    return new PdfPages(pages.stream().map(PdfPagesTest::lines).toList());
  }

  private static List<PageLine> lines(List<String> page) {
    int width = page.stream().mapToInt(String::length).max().orElse(0);
    return page.stream().map(line -> new PageLine(line, line.length() > 0.8 * width)).toList();
  }

  /**
   * Four pages with the given last line, {@code N} being the page's number, {@code V} an amount.
   */
  private static String withFoot(String foot) {
    var amounts = List.of("1,234", "98", "12.5", "7,000");
    return pages(
            IntStream.range(0, 4)
                .mapToObj(
                    page ->
                        List.of(
                            SEASONS.charAt(page) + "の表。",
                            SEASONS.charAt(page) + "の図。",
                            SEASONS.charAt(page) + "の注。",
                            foot.replace("N", "" + (page + 7)).replace("V", amounts.get(page))))
                .toList())
        .text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V", "V V", "△V", "-V", "合計 V", "合計 △V V", "0", "－", "100 200", "1,000", "-5", "V%"
      })
  void aLineOfNumbersAtThePagesEdgeStays(String foot) {
    assertThat(withFoot(foot))
        .contains("春の注。\n" + foot.replace("V", "1,234"))
        .contains("冬の注。\n" + foot.replace("V", "7,000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N",
        "- N -",
        "－ N －",
        "N / 90",
        "N／90",
        "N ページ",
        "P-N",
        "2-N",
        "決算短信 N",
        "青空商事（1234） 2025年3月期 - N -",
        "青空商事 2025年3月期 決算短信",
        "（単位：百万円）"
      })
  void runningHeadsAndPageNumbersGo(String foot) {
    assertThat(withFoot(foot).lines().filter(line -> !line.matches("[春夏秋冬]の[表図注]。"))).isEmpty();
  }

  @Test
  void aLoneNumberOfOnePageIsAPageNumberOnlyWhereItSaysOne() {
    assertThat(pages(List.of(List.of("本文。", "1"))).text()).isEqualTo("本文。\n");
    assertThat(pages(List.of(List.of("本文。", "250"))).text()).isEqualTo("本文。\n250\n");
  }

  @Test
  void leaderDotsGoWithAPageNumberButNotWithAnAmount() {
    assertThat(
            pages(List.of(List.of("第1章 概要 ........ 1", "現金 ........ 1234", "預金 ........ 1,234")))
                .text())
        .isEqualTo("第1章 概要 \n現金  1234\n預金 ........ 1,234\n");
  }

  @Test
  void romanNumbersOfAPrefaceGo() {
    var pages =
        pages(
            List.of(
                List.of("目次 ........ i", "1 はじめに ...... 1", "ii"),
                List.of("本文は次のとおり。", "xv 章を見よ。", "iv")));
    assertThat(pages.text()).isEqualTo("目次 \n1 はじめに \n本文は次のとおり。\nxv 章を見よ。\n");
  }

  @Test
  void aSentenceGoesOnButTwoNumbersAreTwo() {
    assertThat(pages(List.of(List.of("当社は銀行で", "ある。"))).text()).isEqualTo("当社は銀行である。\n");
    assertThat(pages(List.of(List.of("売上１００", "２００"))).text()).isEqualTo("売上１００\n２００\n");
  }
}
