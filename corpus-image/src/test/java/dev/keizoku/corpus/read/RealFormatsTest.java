package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.clean.TextCleaner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format against a real published file. */
class RealFormatsTest {

  @Test
  void aLawPageOf2013InShiftJis() throws IOException {
    var law = RealFile.read("law-2013-sjis.html", Format.AUTO).getFirst();
    assertThat(law.title()).isEqualTo("預金等に係る不当契約の取締に関する法律");
    assertThat(TextCleaner.clean(law.text()))
        .contains("\n第一条 この法律において「金融機関」とは、")
        .contains("、中小企業等協同組合法（昭和二十四年法律第百八十一号）第九条の九第一項第一号の事業を行う")
        .doesNotContain("line-height", "<", "　");
  }

  @Test
  void aLawPageOfTodayWithoutItsNavigationAndContents() throws IOException {
    var law = RealFile.read("law-2025-utf8.html", Format.AUTO).getFirst();
    assertThat(TextCleaner.clean(law.text()))
        .contains("この法律において「金融機関」とは、")
        .doesNotContain("目次", "font-size");
  }

  @Test
  void aLawInXmlLineByParagraph() throws IOException {
    var law = RealFile.read("law-egov.xml", Format.AUTO).getFirst();
    assertThat(law.title()).isEqualTo("不正アクセス行為の禁止等に関する法律");
    assertThat(TextCleaner.clean(law.text()))
        .startsWith("不正アクセス行為の禁止等に関する法律\n（目的）\n第一条 この法律は、不正アクセス行為を")
        .contains("\n2 この法律において「識別符号」とは、")
        .contains("\n一 ");
  }

  @Test
  void aTableOfALawKeepsEmptyAndCoveredCells(@TempDir Path folder) throws IOException {
    var law = folder.resolve("law.xml");
    Files.writeString(
        law,
        "<Law><LawBody><LawTitle>手数料令</LawTitle><TableStruct><Table>"
            + "<TableRow><TableColumn rowspan=\"2\">区分</TableColumn><TableColumn>額</TableColumn>"
            + "<TableColumn>率</TableColumn></TableRow>"
            + "<TableRow><TableColumn></TableColumn><TableColumn>5</TableColumn></TableRow>"
            + "<TableRow><TableColumn><Sentence>構造</Sentence><Sentence>取扱い</Sentence></TableColumn>"
            + "<TableColumn>6</TableColumn></TableRow>"
            + "</Table></TableStruct></LawBody></Law>");
    assertThat(TextCleaner.clean(RealFile.read(law, Format.AUTO, null).getFirst().text()))
        .isEqualTo("手数料令\n区分\t額\t率\n\t\t5\n構造 取扱い\t6");
    Files.writeString(
        law,
        Files.readString(law)
            .replaceFirst("TableRow>", "TableHeaderRow>")
            .replaceFirst("/TableRow>", "/TableHeaderRow>"));
    assertThat(RealFile.read(law, Format.AUTO, null).getFirst().text())
        .contains("区分\t額\t率\n---\t---\t---\n\t\t5");
  }

  @Test
  void aLawInMarkdownWithoutWhatTheConverterAppended() throws IOException {
    var law = RealFile.read("law-2026.md", Format.AUTO).getFirst();
    assertThat(law.title()).isEqualTo("預金等に係る不当契約の取締に関する法律");
    assertThat(law.text())
        .contains("第一条\nこの法律において「金融機関」とは、")
        .contains("信用協同組合、中小企業等協同組合法（昭和二十四年法律第百八十一号）第九条の九第一項第一号")
        .doesNotContain("**", "](", "<a id", "この法令を参照している法令", "Generated from");
  }

  @Test
  void aMinistrysPageWithoutMenusAndFooter() throws IOException {
    var page = RealFile.read("page-meti.html", Format.AUTO).getFirst();
    assertThat(page.text())
        .contains("本基準は、コンピュータウイルスに対する予防、発見、駆除、復旧等について")
        .doesNotContain("サイトマップ", "プライバシーポリシー", "Copyright", "文字サイズ変更", "ページ上部へ戻る");
  }

  @Test
  void aPdfWithoutPageNumbersAndWithJoinedLines() throws IOException {
    var pdf = RealFile.read("meti-kokuji-518.pdf", Format.AUTO).getFirst();
    assertThat(TextCleaner.clean(pdf.text()))
        .contains("本基準は、情報システムの機密性、保全性及び可用性を確保することを目的として、")
        .contains("影響の最小化及び回復の迅速化を図るため、情報システムの利用者が")
        .doesNotContainPattern("(?m)^\\s*-?\\s*\\d+\\s*-?\\s*$");
  }

  @Test
  void anEdinetPageWithTableRowsAsLines() throws IOException {
    var page = RealFile.read(first("0107010"), Format.AUTO, null).getFirst();
    assertThat(page.title()).isEqualTo("第７ 【提出会社の参考情報】");
    assertThat(TextCleaner.clean(page.text()))
        .startsWith("## 第7 【提出会社の参考情報】")
        .contains("当社には、親会社等はありません。", "関東財務局長に提出")
        .doesNotContain("smt_", "ix:");
  }

  private static Path first(String digits) throws IOException {
    try (var files = Files.list(RealFile.path("filing/XBRL/PublicDoc"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(digits))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void wikipediaArticlesAndARedirect() throws IOException {
    var articles = RealFile.read("jawiki.jsonl", Format.MEDIAWIKI);
    assertThat(articles).hasSize(4);
    assertThat(articles.getFirst().rejection()).isEqualTo("notADocument");
    for (var article : articles.subList(1, 4)) {
      assertThat(article.text())
          .contains(article.title())
          .doesNotContain("[[", "]]", "{{", "}}", "<ref", "'''", "==", "Category:", "（）")
          .doesNotContain("脚注", "関連項目");
    }
  }

  @Test
  void sentencesOfATreebank() throws IOException {
    var sentences = RealFile.read("gsd.conllu", Format.AUTO).getFirst();
    assertThat(sentences.text()).startsWith("ただし、50周年ソングに変更後は、EDも歌つきのものが使われた。\n").hasLineCount(5);
  }

  @Test
  void aWorkOfAozoraBunkoWithoutRubyNotesAndColophon() throws IOException {
    var work = RealFile.read("aozora-sjis.txt", Format.AUTO).getFirst();
    assertThat(work.title()).isEqualTo("凩（寺田寅彦）");
    assertThat(work.text().strip())
        .startsWith("またひとしきり強いのが西の方から鳴って来て")
        .contains("老翁を包んだ時余は深き深き空想を呼起こした")
        .as("a character that Shift_JIS lacks, noted as plane 2, row 91, cell 56")
        .contains("幾度か墓の閫に躓いているのではあるまいか")
        .endsWith("（明治三十四年十二月）")
        .doesNotContain("《", "［＃", "底本", "テキスト中に現れる記号");
  }
}
