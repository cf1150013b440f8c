package dev.keizoku.corpus.read.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.contract.corpus.Filings.PersonalData;
import dev.keizoku.corpus.read.Pdf;
import dev.keizoku.corpus.read.file.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One form a filing, persons, and the list of documents. */
class FilingReaderTest {
  private static final String STEM = "jpcrp030000-asr-001_E02367-000_2024-03-31_01_2024-06-28";
  private static final Pattern NUMBER = Pattern.compile("[△▲]?\\d[\\d,.]*");

  @TempDir Path root;
  private FilingFolder folder;

  @BeforeEach
  void folder() {
    folder = new FilingFolder(root);
  }

  @Test
  void aZipAsEdinetGivesItIsReadOnce() throws IOException {
    var pages = FilingFolder.real("S100TMMG.zip");
    folder.zip("pages/S100TMMG.zip", pages);
    var alone = folder.read(Format.EDINET, null);

    var full = new TreeMap<>(pages);
    full.put("S100TMMG/XBRL/PublicDoc/" + STEM + ".xbrl", bytes(instance(pages)));
    for (var companion : List.of(".xsd", "_lab.xml", "_lab-en.xml", "_pre.xml", "_def.xml")) {
      full.put("S100TMMG/XBRL/PublicDoc/" + STEM + companion, bytes("<x/>"));
    }
    full.put("S100TMMG/XBRL/PublicDoc/manifest_PublicDoc.xml", bytes("<x/>"));
    var both = new FilingFolder(root.resolve("both"));
    both.zip("S100TMMG.zip", full);
    var read = both.read(Format.EDINET, null);
    assertThat(read.kept()).hasSize(17);
    assertThat(read.kept()).extracting(Document::text).isEqualTo(texts(alone.kept()));
    assertThat(read.dropped("otherForm")).singleElement().asString().endsWith(STEM + ".xbrl");
    assertThat(read.leftOut()).isEmpty();

    var only = new FilingFolder(root.resolve("only"));
    only.put(STEM + ".xbrl", bytes(instance(pages)));
    assertThat(only.read(Format.AUTO, null).text())
        .contains("【連結包括利益計算書】", "為替換算調整勘定")
        .doesNotContain("<td");
  }

  /** The instance of the same text: every block of the pages, escaped. */
  private static String instance(Map<String, byte[]> pages) {
    var xml = new StringBuilder("<xbrli:xbrl>");
    for (var page : pages.values()) {
      var html = Jsoup.parse(new String(page, StandardCharsets.UTF_8), "", Parser.xmlParser());
      for (var block : html.select("ix|nonNumeric")) {
        var name = block.attr("name");
        if (name.endsWith("TextBlock")) {
          var text = Parser.unescapeEntities(block.html(), false);
          xml.append('<').append(name).append(" contextRef='c'>");
          xml.append(text.replace("&", "&amp;").replace("<", "&lt;"));
          xml.append("</").append(name).append('>');
        }
      }
    }
    return xml.append("</xbrli:xbrl>").toString();
  }

  private static List<String> texts(List<Document> documents) {
    return documents.stream().map(Document::text).toList();
  }

  @Test
  void everyNumberOfARealFilingIsInItsText() throws IOException {
    var pages = FilingFolder.real("S100TMMG.zip");
    folder.zip("S100TMMG.zip", pages);
    var read = folder.read(Format.EDINET, null);
    var wanted = new HashMap<String, Integer>();
    for (var page : pages.values()) {
      var html = Jsoup.parse(new String(page, StandardCharsets.UTF_8), "", Parser.xmlParser());
      html.select("ix|header, style, title").remove();
      html.select("td, p, br, h1, h2, h3, h4, h5, h6").prepend(" ");
      count(html.text(), wanted);
    }
    var found = new HashMap<String, Integer>();
    texts(read.kept()).forEach(text -> count(text, found));
    wanted.entrySet().removeAll(found.entrySet());
    assertThat(wanted).as("numbers of other count than in the pages").isEmpty();
  }

  private static void count(String text, Map<String, Integer> numbers) {
    NUMBER.matcher(text).results().forEach(m -> numbers.merge(m.group(), 1, Integer::sum));
  }

  @Test
  void aFilingInAFolderIsReadAsInAnArchive() throws IOException {
    folder.zip("S100X001.zip", "quarterly");
    var packed = folder.read(Format.AUTO, null);
    var unpacked = new FilingFolder(root.resolve("unpacked"));
    unpacked.unpack("S100X001", "quarterly").put("none.docx", bytes("docx"));
    var loose = unpacked.read(Format.EDINET, null);
    assertThat(texts(loose.kept())).isEqualTo(texts(packed.kept())).hasSize(3);
    assertThat(loose.kept().getFirst().attributes())
        .isEqualTo(packed.kept().getFirst().attributes())
        .containsEntry("company", "架空製作所株式会社");
    assertThat(loose.kept())
        .as("a name of its own is kept wherever it lies")
        .extracting(Document::id)
        .isEqualTo(packed.kept().stream().map(Document::id).toList());
    assertThat(loose.leftOut()).containsExactly("none.docx");
  }

  @Test
  void aYearOfFilingsInOneArchiveIsReadAsEachByItself() throws IOException {
    folder.zip("S100X001.zip", "quarterly").zip("S100X002.zip", "tdnet");
    var apart = folder.read(Format.EDINET, new Filings(true, null, null));
    for (var name : List.of("2023.tar", "2023.zip")) {
      var year = new FilingFolder(root.resolve("year-" + name));
      year.pack(name, List.of("S100X001.zip", "S100X002.zip"), root);
      var read = year.read(Format.EDINET, new Filings(true, null, null));
      assertThat(read.rejects()).isEmpty();
      assertThat(texts(read.kept())).as(name).isEqualTo(texts(apart.kept()));
    }
  }

  @Test
  void personsAreKeptWhereTheSourceSaysSo() throws IOException {
    folder.zip("q.zip", "quarterly").zip("l.zip", "large-holding").zip("t.zip", "tdnet");
    var dropped = folder.read(Format.EDINET, null).text();
    assertThat(dropped).doesNotContain("架空 ", "生まれ", "日生", "昭和40年", "03(0000)0000");
    var kept = folder.read(Format.EDINET, new Filings(null, null, PersonalData.KEEP)).text();
    assertThat(kept)
        .contains("架空 花子", "1960年1月2日生", "架空 三郎", "架空 四郎")
        .contains("架空 九子", "昭和40年3月4日", "架空 七郎", "架空 十郎", "03(0000)0000");
  }

  @Test
  void officersHaveNoNamesInOtherPartsEither() throws IOException {
    folder.zip("q.zip", "quarterly");
    assertThat(folder.read(Format.EDINET, null).text()).contains("取締役〔氏名〕が監督しております。");
    assertThat(folder.read(Format.EDINET, new Filings(null, null, PersonalData.KEEP)).text())
        .contains("取締役架空次郎が監督しております。");
  }

  @Test
  void aLargeHolderWhoIsAPersonIsNotNamed() throws IOException {
    var stem = "jplvh010000-lvh-001_E99778-000_2024-05-01_01_2024-05-08_ixbrl.htm";
    var ix = "<html xmlns:ix='http://www.xbrl.org/2008/inlineXBRL'><body>%s</body></html>";
    var fact = "<p><ix:nonNumeric name='%s' contextRef='h'>%s</ix:nonNumeric></p>";
    folder.zip(
        "S100X004.zip",
        Map.of(
            "XBRL/PublicDoc/0000000_header_" + stem,
            bytes(ix.formatted(fact.formatted("jpdei_cor:FilerNameInJapaneseDEI", "架空 九子"))),
            "XBRL/PublicDoc/0101010_honbun_" + stem,
            bytes(
                ix.formatted(
                    fact.formatted("jplvh_cor:IndividualOrCorporation", "個人")
                        + fact.formatted("jplvh_cor:Name", "架空 九子")
                        + fact.formatted("jplvh_cor:PurposeOfHolding", "純投資")))));
    var document = folder.read(Format.EDINET, new Filings(true, null, null)).kept().getFirst();
    assertThat(document.text()).contains("純投資").doesNotContain("九子");
    assertThat(document.attributes())
        .doesNotContainKey("company")
        .containsEntry("form", "jplvh010000-lvh");
    var kept = folder.read(Format.EDINET, new Filings(true, null, PersonalData.KEEP)).kept();
    assertThat(kept.getFirst().text()).startsWith("架空 九子 大量保有報告書 2024年5月8日提出\n");
  }

  @Test
  void attachmentsAndRecordsThatNameFilingsAreNoForms() throws IOException {
    folder
        .zip("S100X001.zip", "quarterly")
        .put(
            "S100X001/XBRL/AttachDoc/notice.htm",
            bytes("<html><body><p>株主総会の招集のご通知をお送りいたします。</p></body></html>"))
        .put("news.json", bytes("{\"docID\":\"S100X001\",\"text\":\"四半期報告書が提出された。\"}\n"));
    assertThat(folder.read(Format.EDINET, null).text()).contains("招集のご通知");
    assertThat(folder.read(Format.AUTO, null).text()).contains("招集のご通知", "四半期報告書が提出された。");
  }

  @Test
  void theListOfDocumentsSaysWhatAFilingIs() throws IOException {
    folder
        .zip("2024/S100X001.zip", "half-year")
        .zip("2024/S100X003.zip", "extraordinary")
        .put(
            "2024/documents.json",
            bytes(
                """
                {"metadata":{"title":"提出された書類を把握するためのAPI","resultset":{"count":2},"status":"200"},
                 "results":[
                  {"seqNumber":1,"docID":"S100X001","edinetCode":"E99001","secCode":"99010",
                   "filerName":"架空製作所株式会社（旧社名）","docTypeCode":"160","formCode":"043A00",
                   "periodStart":"2024-04-01","periodEnd":"2025-03-31","parentDocID":null,
                   "submitDateTime":"2024-11-12 09:00","withdrawalStatus":"0"},
                  {"seqNumber":2,"docID":"S100X003","edinetCode":null,"filerName":null,
                   "docTypeCode":"180","withdrawalStatus":"2","submitDateTime":"2024-06-27 15:00"}]}
                """));
    for (var format : List.of(Format.EDINET, Format.AUTO)) {
      var read = folder.read(format, null);
      assertThat(read.kept()).hasSize(2);
      assertThat(read.kept().getFirst().attributes())
          .containsEntry("company", "架空製作所株式会社（旧社名）")
          .containsEntry("documentType", "半期報告書")
          .containsEntry("periodEnd", "2025-03-31");
      assertThat(read.dropped("withdrawn")).hasSize(1);
      assertThat(read.leftOut()).isEmpty();
      assertThat(read.rejects()).isEmpty();
    }
  }

  @Test
  void aFilingOfStatementsOnlyIsNoReject() throws IOException {
    folder.zip("S000X001.zip", "statements");
    folder.put(
        "jpfr-asr-E99002-000-2012-03-31-01-2012-06-28.xbrl",
        bytes(
            "<xbrli:xbrl xmlns:xbrli='x'><di:EntityNameJaEntityInformation contextRef='d'>架空"
                + "</di:EntityNameJaEntityInformation></xbrli:xbrl>"));
    var read = folder.read(Format.EDINET, null);
    assertThat(read.rejects()).isEmpty();
    assertThat(read.kept()).hasSize(1);
    assertThat(read.dropped("noText")).hasSize(1);
  }

  @Test
  void aHostileInstanceDoesNotHoldTheRunUp() throws IOException {
    var xml = new StringBuilder("<xbrli:xbrl>");
    for (int i = 0; i < 20_000; i++) {
      xml.append("<a:XTextBlock contextRef='c'>文%d</a:XTextBlock>".formatted(i));
      xml.append(
          "<a:NameInformationAboutX contextRef='c'>架空 %d郎</a:NameInformationAboutX>".formatted(i));
    }
    folder.put(STEM + ".xbrl", bytes(xml + "</xbrli:xbrl>"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(folder.read(Format.EDINET, null).kept()).hasSize(1));
  }

  @Test
  void pagesOfSeveralFilingsInOneFolderKeepTheirCompanies() throws IOException {
    folder.unpack("all", "quarterly").unpack("all", "extraordinary");
    var types = new ArrayList<String>();
    folder
        .read(Format.EDINET, null)
        .kept()
        .forEach(document -> types.add(document.attributes().get("documentType")));
    assertThat(types).containsExactly("臨時報告書", "四半期報告書", "四半期報告書", "四半期報告書");
  }

  @Test
  void aPdfIsReadWhereThereIsNothingBetter() throws IOException {
    folder.put(
        "S100X001.pdf",
        Pdf.of(
            "第２【事業の状況】",
            "売上高は1,234百万円であります。",
            "（２）【役員の状況】",
            "取締役 架空 次郎 1960年1月2日生",
            "（３）【監査の状況】",
            "監査役会を設けております。",
            "代表者氏名 架空 七郎"));
    var pdf = folder.read(Format.EDINET, null);
    assertThat(pdf.text()).contains("1,234百万円", "監査役会を設けております").doesNotContain("架空");
    assertThat(folder.read(Format.EDINET, new Filings(null, null, PersonalData.KEEP)).text())
        .contains("次郎", "七郎");

    folder.zip("S100X001_5.zip", "facts");
    assertThat(folder.read(Format.EDINET, null).dropped("otherForm"))
        .as("the table of facts has lost the cells of its tables")
        .hasSize(1);
    folder.zip("S100X001.zip", "quarterly");
    var all = folder.read(Format.EDINET, null);
    assertThat(all.kept()).hasSize(3);
    assertThat(all.dropped("otherForm")).hasSize(3).contains("S100X001.pdf");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
