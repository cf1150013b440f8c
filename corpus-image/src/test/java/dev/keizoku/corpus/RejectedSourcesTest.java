package dev.keizoku.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.CorpusResult.LeftOut;
import dev.keizoku.contract.result.CorpusResult.Rejected;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds over sources of which some cannot be read. */
class RejectedSourcesTest {
  private static final String LONG =
      "当連結会計年度における売上高は、前年同期比で増加し、営業利益も計画を上回りました。金融商品取引法に基づく開示を行い、利息は約定の利率により計算した。";

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private void write(String path, byte[] content) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private String uri(String path) {
    return StoreUri.of(root) + "/" + path;
  }

  /** Three hundred good texts of one length, of which {@code wrong} have a wrong byte. */
  private void texts(int wrong) throws IOException {
    for (int i = 0; i < 300; i++) {
      var bytes = "第%03d期。%s".formatted(i, LONG).getBytes(Charset.forName("windows-31j"));
      if (i % 100 < (wrong + 2 - i / 100) / 3) {
        bytes[40] = (byte) 0xFF;
      }
      write("texts/%03d.txt".formatted(i), bytes);
    }
  }

  private CorpusRun texts(Double maxRejectShare) {
    return Builds.run(
        uri("out"),
        Builds.TOKENIZER,
        Builds.source("texts", uri("texts") + "/", Format.TEXT, maxRejectShare));
  }

  private FinalReport build(int threads, CorpusRun run) throws Exception {
    return Builds.build(store, root.resolve("scratch"), threads, run);
  }

  private CorpusManifest manifest(FinalReport report) {
    return CorpusManifest.read(store, StoreUri.parse(report.artifact().uri()), null);
  }

  @Test
  void oneWrongByteCostsOneDocument() throws Exception {
    texts(3);
    var report = build(2, texts((Double) null));
    var result = report.corpus();
    assertThat(result.documents() + result.heldOutDocuments()).isEqualTo(297);
    assertThat(result.dropped()).containsExactly(Map.entry("wrongEncoding", 3L));
    assertThat(result.rejected()).containsExactly(new Rejected("texts", "wrongEncoding", 3));
    assertThat(result.leftOut()).isNull();
    assertThat(report.message()).endsWith("held out; 3 could not be read.");

    var provenance = manifest(report).provenance();
    assertThat(provenance.inputs()).isNull();
    assertThat(inputs(report)).contains("001.txt").doesNotContain("000.txt");
    var source = provenance.sources().getFirst();
    assertThat(source.read()).isEqualTo(300);
    assertThat(source.rejected()).containsExactly(Map.entry("wrongEncoding", 3L));
    assertThat(source.rejectedBytes()).isEqualTo(3 * Files.size(root.resolve("texts/000.txt")));
    var folder = root.resolve("out/versions/" + result.version());
    assertThat(folder.resolve("rejected/places-00000.parquet"))
        .content(StandardCharsets.ISO_8859_1)
        .contains("000.txt", "100.txt", "200.txt", "wrongEncoding");
    assertThat(folder.resolve("report.html")).content().contains("000.txt", "it is neither UTF-8");
  }

  @Test
  void aSourceIsJudgedAsSoonAsItsBytesMakeItCertain() throws Exception {
    texts(0);
    write("texts/000.pdf", "no pdf at all, ".repeat(100_000));
    var run =
        Builds.run(
            uri("out"),
            Builds.TOKENIZER,
            Builds.source("texts", uri("texts") + "/", Format.AUTO, null));
    assertThatThrownBy(() -> build(1, run))
        .as("the other 299 files are not read first")
        .hasMessageMatching(".* 1 of \\d documents so far .*000[.]pdf: it is not a PDF.*");
  }

  @Test
  void moreThanItsShareEndsTheRunWithTheWorstReasonsAndExamples() throws Exception {
    texts(4);
    assertThatThrownBy(() -> build(2, texts((Double) null)))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.reason().word()).isEqualTo("UnreadableSource");
            })
        .hasMessageMatching(
            "Too much of source 'texts' cannot be read: 4 of \\d+ documents.* and 1[.]33% of its"
                + " bytes, more than maxRejectShare 1%: wrongEncoding 4 [(]000.txt: it is"
                + " neither.*")
        .hasMessageEndingWith("or raise sources[].maxRejectShare.");
    assertThat(root.resolve("out/versions")).as("nothing was committed").doesNotExist();
    assertThat(build(2, texts(0.02)).corpus().rejected()).hasSize(1);
  }

  @Test
  void oneLargeFileIsMuchOfTheBytes() throws Exception {
    texts(0);
    write("texts/large.txt", new byte[100_000]);
    assertThatThrownBy(() -> build(2, texts((Double) null)))
        .hasMessageContaining("1 of 301 documents")
        .hasMessageContaining("wrongEncoding 1 (large.txt");
  }

  @Test
  void noneMayBeUnreadableWhereTheUserSaysSo() throws Exception {
    texts(1);
    assertThatThrownBy(() -> build(2, texts(0.0)))
        .hasMessageContaining("more than maxRejectShare 0%");
  }

  private CorpusRun mixed() throws IOException {
    texts(9);
    var lines = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      // Ids that are there twice and records without.
      lines.append("{\"id\":\"%d\",\"title\":\"%d\",\"text\":\"%s\"}\n".formatted(i % 7, i, LONG));
      lines.append(i % 5 == 0 ? "{bad\n" : "{\"text\":\"" + LONG + i + "\"}{\"text\":1}\n");
    }
    write("mixed/a.jsonl", lines.toString());
    write("mixed/b.rtf", "x");
    write("mixed/c.pdf", "no pdf");
    write("mixed/d.txt.gz", "");
    write("mixed/e.zip", "no zip");
    return Builds.run(
        uri("out"),
        Builds.TOKENIZER,
        Builds.source("texts", uri("texts") + "/", Format.TEXT, 1.0),
        Builds.source("mixed", uri("mixed") + "/", null, 1.0));
  }

  @Test
  void givesTheSameBytesWithOneThreadAndWithFour() throws Exception {
    var run = mixed();
    var one = build(1, run);
    var files = digests();
    store.deleteFolder(StoreUri.parse(uri("out")));
    assertThat(build(4, run)).isEqualTo(one);
    assertThat(digests()).isEqualTo(files);
    assertThat(files.keySet()).anyMatch(file -> file.endsWith("rejected/places-00000.parquet"));

    assertThat(one.corpus().rejected())
        .containsExactlyInAnyOrder(
            new Rejected("mixed", "invalidRecord", 50),
            new Rejected("texts", "wrongEncoding", 9),
            new Rejected("mixed", "damaged", 2),
            new Rejected("mixed", "wrongFormat", 1));
    assertThat(one.corpus().leftOut()).containsExactly(new LeftOut("mixed", "rtf", 1));
    assertThat(inputs(one))
        .contains("a.jsonl")
        .doesNotContain("b.rtf", "c.pdf", "d.txt.gz", "e.zip");
    assertThat(manifest(one).provenance().sources().get(1).leftOut())
        .containsExactly(Map.entry("rtf", 1L));
  }

  @Test
  void aSourceThatIsMostlyLeftOutIsTold() throws Exception {
    texts(0);
    for (int i = 0; i < 40; i++) {
      write("texts/%d.rtf".formatted(i), "x");
      write("texts/%d.png".formatted(i), "x");
    }
    var run =
        Builds.run(
            uri("out"), Builds.TOKENIZER, Builds.source("texts", uri("texts") + "/", Format.AUTO));
    var context = Builds.context(root.resolve("scratch"));
    Builds.of(store, context, 2).build(run, context);
    assertThat(context.progress().report().notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo("FilesLeftOut");
              assertThat(notice.message())
                  .startsWith(
                      "Source 'texts': 40 of 340 files are of no format that its reader takes and"
                          + " are left out: rtf 40 (0.rtf); convert them");
            });
  }

  /** The table of inputs as it lies there: neither packed nor coded. */
  private String inputs(FinalReport report) throws IOException {
    var table = "out/versions/" + report.corpus().version() + "/inputs/files-00000.parquet";
    return Files.readString(root.resolve(table), StandardCharsets.ISO_8859_1);
  }

  private Map<String, String> digests() {
    var digests = new TreeMap<String, String>();
    for (var object : store.list(StoreUri.parse(uri("out/versions")))) {
      digests.put(object.uri().toString(), Digests.sha256(store.read(object.uri())));
    }
    return digests;
  }
}
