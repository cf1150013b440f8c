package dev.keizoku.corpus.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.corpus.report.CorpusReport.Sample;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Provenance;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import dev.keizoku.storage.tokens.CorpusManifest.Split;
import dev.keizoku.storage.tokens.CorpusManifest.TokenizerInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class CorpusReportTest {
  private static final CorpusReport REPORT = new CorpusReport(manifest(), samples());

  private static CorpusManifest manifest() {
    var source =
        new SourceCount(
            "laws", "s3://b/l|aws/", null, 1200, 1190, 12, 9000, 5000, Map.of("tooShort", 10L));
    return new CorpusManifest(
        1,
        "0123456789abcdef".repeat(4),
        "test",
        new TokenizerInfo("s3://b/t/", "f".repeat(64), 8000, "<|endoftext|>", 0),
        new Split(1178, 4900, 8900, List.of(), Map.of()),
        new Split(12, 0, 0, List.of(), Map.of()),
        new Provenance(null, List.of(source), List.of(), Map.of("tooShort", 10L)),
        List.of());
  }

  private static List<Sample> samples() {
    return List.of(new Sample("tooShort", "laws", "a.html", "<script>alert('短い')</script>"));
  }

  @Test
  void theDataCardNamesCountsAndLicences() {
    var card = new String(REPORT.dataCard(), StandardCharsets.UTF_8);
    assertThat(card)
        .startsWith("---\nlanguage:\n- ja\n")
        .contains("# Corpus version 0123456789ab\n")
        .contains("| training | 1,178 | 8,900 | 4,900 |")
        .contains(
            "| laws (`s3://b/l\\|aws/`) | not stated | 1,200 | 1,190 | 5,000 | tooShort 10 |");
  }

  @Test
  void textOfADocumentIsTextOnThePage() {
    var page = Jsoup.parse(new String(REPORT.html(), StandardCharsets.UTF_8));
    assertThat(page.select("script")).isEmpty();
    assertThat(page.text()).contains("<script>alert('短い')</script>", "1,190", "not stated");
  }
}
