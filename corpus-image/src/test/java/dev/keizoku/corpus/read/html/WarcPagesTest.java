package dev.keizoku.corpus.read.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.RealFile;
import dev.keizoku.corpus.read.file.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web archives that warcio made. */
class WarcPagesTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path folder;

  @Test
  void aPageOfACrawlIsADocumentAndItsServersCharsetCounts() throws IOException {
    var found = RealFile.find(FORMATS.resolve("crawl.warc.gz"), Format.AUTO, null);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents())
        .extracting(Document::rejection)
        .containsExactly(null, "notAPage", "notAPage", null);
    var first = found.documents().getFirst();
    assertThat(first.text().strip()).isEqualTo("当社は配当を据え置きます。①");
    assertThat(first.title()).isEqualTo("お知らせ");
    assertThat(first.url()).isEqualTo("https://example.jp/1");
    assertThat(first.date()).isEqualTo("2025-05-09T00:00:00Z");
  }

  @Test
  void theTextOfACrawlIsADocument() throws IOException {
    var text = RealFile.read(FORMATS.resolve("crawl.warc.wet.gz"), Format.AUTO, null).getFirst();
    assertThat(text.text()).isEqualTo("お知らせ\n配当を据え置きます。");
    assertThat(text.url()).isEqualTo("https://example.jp/1");
  }

  @Test
  void aRecordThatSaysNonsenseCostsItself() throws IOException {
    var records = new StringBuilder();
    for (var date : new String[] {"2025-05-09T00:00:00Z", "yesterday", "2025-05-10T00:00:00Z"}) {
      var text = "配当を据え置きます。" + date;
      records
          .append("WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.jp/\r\n")
          .append("WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n")
          .append("WARC-Date: %s\r\nContent-Type: text/plain\r\n".formatted(date))
          .append("Content-Length: %d\r\n\r\n%s\r\n\r\n".formatted(text.getBytes().length, text));
    }
    var file = Files.writeString(folder.resolve("x.wet"), records);
    var found = RealFile.find(file, Format.AUTO, null);
    assertThat(found.reasons()).containsExactly("x.wet#2 invalidRecord");
    assertThat(found.documents()).hasSize(2);
  }

  @Test
  void anArchiveThatIsCutOrNoneIsAReject() throws IOException {
    var whole = Files.readAllBytes(FORMATS.resolve("crawl.warc.gz"));
    Files.write(folder.resolve("cut.warc.gz"), Arrays.copyOf(whole, whole.length - 40));
    var cut = RealFile.find(folder.resolve("cut.warc.gz"), Format.AUTO, null);
    assertThat(cut.reasons()).hasSize(1);
    assertThat(cut.documents()).isNotEmpty();
    Files.writeString(folder.resolve("none.warc"), "no archive at all\n");
    assertThat(RealFile.find(folder.resolve("none.warc"), Format.AUTO, null).reasons())
        .containsExactly("none.warc wrongFormat");
  }
}
