package dev.keizoku.corpus.read.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.Pdf;
import dev.keizoku.corpus.read.RealFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfLayoutTest {
  private static final Pattern NUMBER = Pattern.compile("[0-9０-９][0-9０-９.,．，]*");
  private static final List<String> LEFT =
      List.of(
          "当社グループの当連結会計年度の売上高は、前年同",
          "期比12.5％増の1,234百万円となりました。国内に",
          "おいては設備投資が伸び、海外では北米の需要が底",
          "堅く推移しました。利益は原材料の高騰を受けて前",
          "年を△5.6％下回りました。");
  private static final List<String> RIGHT =
      List.of(
          "次期の見通しは、為替を1ドル145円と置いており",
          "ます。金利の上昇は支払利息を30百万円増やします",
          "が、受取利息の増加がそれを補います。配当は年間",
          "80円を予定し、自己株式の取得は行いません。なお、",
          "業績は要因により変わることがあります。");

  private static List<String> lines(byte[] pdf, boolean keepRuby) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var glyphs = new PageGlyphs();
      var pages = new ArrayList<List<PageLine>>();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        pages.add(PageText.lines(glyphs.of(document, page), keepRuby));
      }
      return new PdfPages(pages).text().lines().toList();
    }
  }

  private static void column(Pdf pdf, double left, double top, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      pdf.across(left, top + 14 * i, 9, lines.get(i));
    }
  }

  @ParameterizedTest(name = "the right column {0} points lower, a gutter of {1}")
  @CsvSource({"0, 18", "0, 9", "3, 18", "7, 14"})
  void columnsAreReadOneAfterTheOther(double lower, double gutter) throws IOException {
    var pdf = new Pdf().page().across(150, 60, 16, "第３期のご報告と次期の見通しについて");
    column(pdf, 60, 120, LEFT);
    column(pdf, 60 + 23 * 9 + gutter, 120 + lower, RIGHT);
    assertThat(lines(pdf.bytes(), false))
        .containsExactly("第３期のご報告と次期の見通しについて", String.join("", LEFT), String.join("", RIGHT));
  }

  @Test
  void headsOfBothSidesStayOutOfTheColumns() throws IOException {
    var pdf = new Pdf();
    var told = new ArrayList<String>();
    for (int page = 1; page <= 3; page++) {
      pdf.page().across(60, 40, 8, "青空商事").across(400, 40, 8, "統合報告書 2025");
      var left = new ArrayList<>(LEFT.subList(page - 1, LEFT.size()));
      var right = new ArrayList<>(RIGHT.subList(page - 1, RIGHT.size()));
      right.add("春夏秋".charAt(page - 1) + "の章は以上です。");
      column(pdf, 60, 120, left);
      column(pdf, 285, 120, right);
      told.addAll(
          List.of(
              String.join("", left),
              String.join("", right.subList(0, right.size() - 1)),
              right.getLast()));
      pdf.across(60, 800, 8, "事業の概況").across(480, 800, 8, "" + (page + 30));
    }
    assertThat(lines(pdf.bytes(), false)).isEqualTo(told);
  }

  @Test
  void whatIsPrintedAgainToLookBoldStandsOnce() throws IOException {
    var pdf = new Pdf().page();
    for (double aside : new double[] {0, 0.3, 0.6}) {
      pdf.across(72 + aside, 80, 14, "業績");
      pdf.across(72, 110 + aside, 12, "売上高  九百億円");
    }
    pdf.across(72, 140, 12, "段々と増え、売上高は前期を五十十分に上回った。");
    assertThat(lines(pdf.bytes(), false))
        .containsExactly("業績", "売上高 九百億円", "段々と増え、売上高は前期を五十十分に上回った。");
  }

  @Test
  void threeColumnsAndATableBelow() throws IOException {
    var pdf = new Pdf().page();
    var short1 = List.of("市場は堅調に推移しており、", "見通しは明るいと考えてお", "ります。在庫は減りました。");
    for (int column = 0; column < 3; column++) {
      column(pdf, 40 + 140 * column, 100, short1);
    }
    pdf.across(40, 160, 9, "科目").across(300, 160, 9, "前期").across(420, 160, 9, "当期");
    pdf.across(40, 174, 9, "売上高").across(300, 174, 9, "1,000").across(420, 174, 9, "1,234");
    pdf.across(40, 188, 9, "特別損失").across(420, 188, 9, "△56");
    pdf.across(40, 202, 9, "営業利益").across(300, 202, 9, "90");
    var whole = String.join("", short1);
    assertThat(lines(pdf.bytes(), false))
        .containsExactly(
            whole, whole, whole, "科目\t前期\t当期", "売上高\t1,000\t1,234", "特別損失\t\t△56", "営業利益\t90");
  }

  @Test
  void aTableIsReadAcrossAlsoWhereItsLabelsAreLong() throws IOException {
    var pdf = new Pdf().page();
    var labels = List.of("受取手形及び売掛金並びに契約資産", "商品及び製品並びに仕掛品", "投資有価証券のうち上場株式", "退職給付に係る負債の純額");
    for (int i = 0; i < labels.size(); i++) {
      pdf.across(60, 100 + 14 * i, 9, labels.get(i)).across(300, 100 + 14 * i, 9, (i + 1) + ",000");
      pdf.across(400, 100 + 14 * i, 9, (i + 1) + "5.5%");
    }
    assertThat(lines(pdf.bytes(), false))
        .containsExactly(
            labels.get(0) + "\t1,000\t15.5%",
            labels.get(1) + "\t2,000\t25.5%",
            labels.get(2) + "\t3,000\t35.5%",
            labels.get(3) + "\t4,000\t45.5%");
  }

  @Test
  void linesThatRunDownwardsInTwoTiers() throws IOException {
    var pdf = new Pdf().page();
    var upper =
        List.of(
            "金融機関に預金等をする者は、当該預金等に関し、",
            "特別の金銭上の利益を得る目的で、特定の第三者と",
            "通じてはならない。ただし、平成十二年三月までは、",
            "この限りでない。");
    var lower =
        List.of(
            "前項の規定により法人でない社団を処罰する場合に",
            "おいては、その代表者が訴訟行為につきその社団を",
            "代表するほか、法人を被告人とする場合の法律の規",
            "定を準用する。");
    for (int i = 0; i < upper.size(); i++) {
      pdf.down(500 - 16 * i, 100, 10, upper.get(i)).down(500 - 16 * i, 360, 10, lower.get(i));
    }
    assertThat(lines(pdf.bytes(), false))
        .containsExactly(String.join("", upper), String.join("", lower));
  }

  @Test
  void readingsGoOrStandInBrackets() throws IOException {
    var pdf = new Pdf().page();
    column(pdf, 60, 100, LEFT);
    pdf.across(60 + 9 * 15, 91.5, 4.5, "うりあげだか");
    assertThat(lines(pdf.bytes(), false)).containsExactly(String.join("", LEFT));
    assertThat(lines(pdf.bytes(), true).getFirst()).contains("会計年度の売上高（うりあげだか）は、前年");
  }

  @Test
  void aPageOfABrowserInTwoColumns() throws IOException {
    var text = RealFile.read("two-columns.pdf", Format.AUTO).getFirst().text();
    assertThat(text)
        .contains("\n預金等に係る不当契約の取締に関する法律\n第一条\nこの法律において「金融機関」とは、銀行、")
        .contains("という。）及び金融機関の信託業務の兼営等に関する法律（昭和十八年法律第四十三号）")
        .contains("科目\t注記\t前期\t当期\n現金及び預金\t\t1,234\t△5,678\n貸出金\t※1\t90,123\t91,456\n")
        .contains("有価証券\t\t\t12.5\n合計\t\t91,357\t85,790.5\n")
        .doesNotContain("きんり", "ばいかい", "- 1 -");
  }

  @Test
  void aPageOfABrowserThatRunsDownwards() throws IOException {
    var text = RealFile.read("vertical.pdf", Format.AUTO).getFirst().text();
    assertThat(text)
        .startsWith("金融法令集 2026年版\n預金等に係る不当契約の取締に関する法律\n第一条\nこの法律において「金融機関」とは、銀行、")
        .contains("という。）及び金融機関の信託業務の兼営等に関する法律（昭和十八年法律第四十三号）")
        .contains("平成12年３月に改めた。")
        .doesNotContain("きんり", "ばいかい");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two-columns.pdf", "vertical.pdf", "meti-kokuji-518.pdf"})
  void noNumberIsLost(String name) throws IOException {
    try (var pdf = Loader.loadPDF(RealFile.path(name).toFile())) {
      var plain = numbers(new PDFTextStripper().getText(pdf));
      var glyphs = new PageGlyphs();
      var ours = new StringBuilder();
      for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
        PageText.lines(glyphs.of(pdf, page), false)
            .forEach(line -> ours.append(line.text()).append('\n'));
      }
      assertThat(numbers(ours.toString())).isEqualTo(plain);
    }
  }

  /** The digits of a text in any order: how they are cut into numbers depends on the reader. */
  private static String numbers(String text) {
    var digits = new StringBuilder();
    NUMBER.matcher(text).results().forEach(number -> digits.append(number.group()));
    return Arrays.toString(digits.chars().sorted().toArray());
  }
}
