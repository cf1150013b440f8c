package dev.keizoku.corpus.read.filing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.contract.corpus.Filings.Amendments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a later filing states anew, and what became of it when that one was taken back. */
class AmendmentsTest {
  @TempDir Path root;
  private FilingFolder folder;

  @BeforeEach
  void folder() {
    folder = new FilingFolder(root);
  }

  @Test
  void anAmendmentTakesThePlaceOfWhatItStatesAnew() throws IOException {
    folder.zip("S100X001.zip", "half-year").zip("S100X002.zip", "half-year-amended");
    var read = folder.read(Format.EDINET, null);
    assertThat(read.text())
        .contains("新たなリスクはありません", "2,050百万円", "10,003")
        .doesNotContain("2,500百万円", "10,333");
    assertThat(read.dropped("amended")).singleElement().asString().contains("/0104010_");
    assertThat(read.kept())
        .filteredOn(document -> document.location().startsWith("S100X002"))
        .hasSize(2)
        .allSatisfy(
            document ->
                assertThat(document.attributes())
                    .containsEntry("parentDocument", "S100X001")
                    .containsEntry("documentType", "訂正半期報告書"));
  }

  @Test
  void anAmendmentFollowsWhereTheSourceSaysSo() throws IOException {
    folder.zip("S100X001.zip", "half-year").zip("S100X002.zip", "half-year-amended");
    var read = folder.read(Format.EDINET, new Filings(null, Amendments.FOLLOW, null));
    assertThat(read.text()).contains("2,050百万円", "10,003", "2,500百万円", "10,333");
    assertThat(read.dropped("amended")).isEmpty();
  }

  @Test
  void theListTellsOfAmendmentsThatNamesDoNotTellOf() throws IOException {
    folder
        .zip("S100X001.zip", "half-year")
        .zip("S100X009.zip", Map.of("XBRL/PublicDoc/0101010_honbun.htm", bytes(inline("2,050"))))
        .put(
            "list.json",
            bytes(
                """
                {"results":[{"docID":"S100X009","docTypeCode":"170","parentDocID":"S100X001"}]}
                """));
    var read = folder.read(Format.EDINET, null);
    assertThat(read.text()).contains("2,050").doesNotContain("2,500");
  }

  @Test
  void whatAnAmendmentSaidThatWasTakenBackStaysAsItWas() throws IOException {
    folder
        .zip("S100X001.zip", "half-year")
        .zip("S100X002.zip", "half-year-amended")
        .put(
            "list.json",
            bytes(
                """
                {"results":[{"docID":"S100X002","docTypeCode":"170","parentDocID":"S100X001",
                 "withdrawalStatus":"2"}]}
                """));
    var read = folder.read(Format.EDINET, null);
    assertThat(read.text()).contains("2,500百万円", "10,333").doesNotContain("2,050百万円");
    assertThat(read.dropped("amended")).isEmpty();
    assertThat(read.dropped("withdrawn")).isNotEmpty();
  }

  private static String inline(String sales) {
    return """
        <html xmlns:ix="http://www.xbrl.org/2008/inlineXBRL"><body><h2>訂正事項</h2>
        <ix:nonNumeric name="jpcrp_cor:OverviewOfOperatingResultsEtcTextBlock" contextRef="c">
        <p>売上高は%s百万円であります。</p></ix:nonNumeric></body></html>
        """
        .formatted(sales);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
