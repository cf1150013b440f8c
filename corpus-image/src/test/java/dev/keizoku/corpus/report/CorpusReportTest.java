package dev.keizoku.corpus.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.CorpusResult.StageTime;
import dev.keizoku.corpus.report.CorpusReport.Examples;
import dev.keizoku.corpus.report.CorpusReport.Sample;
import dev.keizoku.corpus.report.CorpusReport.Taken;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.BenchmarkHits;
import dev.keizoku.storage.tokens.CorpusManifest.Decontamination;
import dev.keizoku.storage.tokens.CorpusManifest.Provenance;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import dev.keizoku.storage.tokens.CorpusManifest.Split;
import dev.keizoku.storage.tokens.CorpusManifest.TokenizerInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class CorpusReportTest {
  private static final SortedMap<String, Long> DROPPED =
      new TreeMap<>(Map.of("exactDuplicate", 4L, "tooShort", 4L, "damaged", 2L));
  private static final CorpusReport REPORT =
      new CorpusReport(manifest(), examples(), unread(), histograms());

  @Test
  void aVersionOfBeforeRejectsWereCountedHasNone() {
    var dropped = Map.of("tooShort", 2L);
    var old =
        new SourceCount(
            "a", "s3://b/a/", null, 10, 8, 1, 9, 9, dropped, null, null, null, null, null);
    assertThat(Fates.of(old)).isEqualTo(new Fates(10, 0, 2, 0, 0, 1));
  }

  private static CorpusManifest manifest() {
    var source =
        new SourceCount(
            "<b>laws</b>",
            "s3://b/l|aws/",
            null,
            1200,
            1190,
            12,
            9000,
            5000,
            DROPPED,
            Map.of("damaged", 2L),
            0L,
            Map.of(),
            3L,
            new TreeMap<>(Map.of("boilerplate", 1234L, "copied", 5L)));
    return new CorpusManifest(
        1,
        "0123456789abcdef".repeat(4),
        "test",
        new TokenizerInfo("s3://b/t/", "f".repeat(64), 8000, "<|endoftext|>", 0, null),
        new Split(1178, 4900, 8900, List.of(), Map.of()),
        new Split(12, 0, 0, List.of(), Map.of()),
        new Provenance(
            null,
            List.of(source),
            List.of(),
            DROPPED,
            new Decontamination(
                "Cut", List.of(new BenchmarkHits("f<p>2", "0", 475, List.of(3, 4), 1)))),
        List.of());
  }

  private static Histograms histograms() {
    var histograms = new Histograms();
    for (int document = 0; document < 1190; document++) {
      histograms.document(
          document < 1000 ? 3 : 17, document < 40 ? 20230401 : document < 50 ? 20251231 : 0);
    }
    histograms.cluster(2);
    histograms.cluster(3);
    histograms.cluster(5);
    return histograms;
  }

  private static Examples examples() {
    return new Examples(
        List.of(
            new Sample(
                "tooShort",
                "<b>laws</b>",
                "a<img src=x>.html",
                "4, at least 20",
                "<script>alert('短い')</script>")),
        List.of(new Taken("boilerplate", "<b>laws</b>", "b.html", "ホーム <i>へ</i>")),
        List.of(new Taken("fp2#3", "<b>laws</b>", "c.html", "次のうち<br>")));
  }

  private static Unread unread() {
    return new Unread(
        List.of(new Unread.Row("<b>laws</b>", "damaged", 2, "a<b>.zip", "it is damaged: <i>x</i>")),
        List.of(new Unread.Row("<b>laws</b>", "csv", 1234, "a.csv", "")));
  }

  @Test
  void thePageTellsWhichBenchmarksWereFound() {
    assertThat(rows("Questions of benchmarks in the documents"))
        .containsExactly("f<p>2 475 2 1 these lines were taken out");
    assertThat(rows("Where the first of them stand"))
        .containsExactly("fp2#3 <b>laws</b> c.html 次のうち<br>");
  }

  @Test
  void thePageTellsWhatWasTakenOutOfDocumentsThatStay() {
    assertThat(rows("Lines and paragraphs"))
        .containsExactly("<b>laws</b> boilerplate 1,234", "<b>laws</b> copied 5");
    assertThat(rows("The first of these lines"))
        .containsExactly("boilerplate <b>laws</b> b.html ホーム <i>へ</i>");
  }

  @Test
  void aPageOfItsOwnTellsTheTimes() {
    var version = "0123456789abcdef".repeat(4);
    assertThat(page().select("a[href]").eachAttr("href"))
        .containsExactly("../../builds/" + version + "/time.html");
    var times =
        new TimeReport(
            version,
            "test",
            2,
            List.of(
                new StageTime("read", 2.0, 1.5, 1200, 3_000_000),
                new StageTime("filter", 0, 0, 1190, 10)));
    var page = Jsoup.parse(new String(times.html(), StandardCharsets.UTF_8));
    assertThat(page.select("tbody tr").eachText())
        .containsExactly(
            "read 2.00 1.50 1,200 600 3.00 1.5", "filter 0.00 0.00 1,190 n/a 0.00 n/a");
    assertThat(page.select("figure .value").eachText()).containsExactly("2.00", "0.00");
  }

  @Test
  void thePageAndTheCardTellWhatWasNotRead() {
    assertThat(rows("What could not be read"))
        .containsExactly("<b>laws</b> damaged 2 a<b>.zip it is damaged: <i>x</i>");
    assertThat(rows("Files that no reader took")).containsExactly("<b>laws</b> csv 1,234 a.csv");
    assertThat(new String(REPORT.dataCard(), StandardCharsets.UTF_8))
        .contains("No reader takes these files, and they are not in here: <b>laws</b>: 1,234 csv.");
  }

  @Test
  void theDataCardNamesCountsAndLicences() {
    var card = new String(REPORT.dataCard(), StandardCharsets.UTF_8);
    assertThat(card)
        .startsWith("---\nlanguage:\n- ja\n")
        .contains("# Corpus version 0123456789ab\n")
        .contains("| training | 1,178 | 8,900 | 4,900 |")
        .contains(
            "| <b>laws</b> (`s3://b/l\\|aws/`) | not stated | 1,200 | 1,190 | 5,000 | 100% | damaged"
                + " 2, exactDuplicate 4, tooShort 4 |");
  }

  private static Document page() {
    return Jsoup.parse(new String(REPORT.html(), StandardCharsets.UTF_8));
  }

  private static List<String> rows(String caption) {
    return page().select("table:has(caption:containsOwn(" + caption + ")) tbody tr").eachText();
  }

  private static List<String> bars(String title) {
    var figure = page().selectFirst("figure:has(figcaption:containsOwn(" + title + "))");
    var names = figure.select(".name").eachText();
    var values = figure.select(".value").eachText();
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + ": " + values.get(i))
        .toList();
  }

  @Test
  void textOfADocumentIsTextOnThePage() {
    var page = page();
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("img")).isEmpty();
    assertThat(page.text())
        .contains("<script>alert('短い')</script>", "a<img src=x>.html", "<b>laws</b>", "not stated");
  }

  @Test
  void thePageTellsWhatBecameOfTheDocuments() {
    assertThat(rows("What is in it"))
        .containsExactly("training 1,178 8,900 4,900 1.82", "held out 12 0 0 0.00");
    assertThat(rows("Where the documents"))
        .containsExactly(
            "<b>laws</b> s3://b/l|aws/ not stated 1,200 1,190 12 0.3% 9,000 5,000 damaged 2,"
                + " exactDuplicate 4, tooShort 4");
    assertThat(bars("What became of the documents"))
        .containsExactly(
            "found: 1,200 (100%)",
            "could be read: 1,198 (99.8%)",
            "left by the rules: 1,194 (99.5%)",
            "left without duplicates: 1,190 (99.2%)",
            "for training: 1,178 (98.2%)",
            "held out: 12 (1%)");
    assertThat(bars("Dropped documents by reason"))
        .containsExactly("exactDuplicate: 4 (40%)", "tooShort: 4 (40%)", "damaged: 2 (20%)");
    assertThat(bars("Tokens by source")).containsExactly("<b>laws</b>: 5,000 (100%)");
    assertThat(bars("What became of each source")).containsExactly("<b>laws</b>: 1,200");
    assertThat(bars("Documents by the year"))
        .containsExactly("2023: 40", "2024: 0", "2025: 10", "no date: 1,140");
    assertThat(bars("Groups of documents")).containsExactly("2 to 3: 2", "4 to 7: 1");
    assertThat(rows("Some dropped documents"))
        .containsExactly(
            "tooShort <b>laws</b> a<img src=x>.html 4, at least 20 <script>alert('短い')</script>");
    assertThat(bars("Documents by their tokens"))
        .containsExactly("2 to 3: 1,000", "4 to 7: 0", "8 to 15: 0", "16 to 31: 190");
  }

  @Test
  void thePageSaysWhereItIsFrom() {
    assertThat(page().select(".facts dd").eachText())
        .containsExactly(
            "0123456789abcdef".repeat(4), "test", "s3://b/t/, 8,000 ids, sha256:" + "f".repeat(64));
    assertThat(page().select("meta[http-equiv=Content-Security-Policy]")).hasSize(1);
  }
}
