package dev.keizoku.corpus.read.wiki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.RealFile;
import dev.keizoku.corpus.read.file.Document;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpsTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path folder;

  @Test
  void anArticleOfADumpIsADocument() throws IOException {
    for (var name : new String[] {"jawiki.xml", "jawiki.xml.bz2"}) {
      var found = RealFile.find(FORMATS.resolve(name), Format.AUTO, null);
      assertThat(found.rejects()).isEmpty();
      assertThat(found.documents()).extracting(Document::id).containsExactly("1", "4");
      assertThat(found.documents())
          .extracting(document -> document.text().strip())
          .containsExactly("日本銀行は日本の中央銀行である。資本金は100,000,000円。", "金利は利子の割合である。");
      var first = found.documents().getFirst();
      assertThat(first.url()).isEqualTo("https://ja.wikipedia.org/wiki/日本銀行");
      assertThat(first.date()).isEqualTo("2025-05-01T00:00:00Z");
      assertThat(first.location()).isEqualTo(name + "#1");
    }
  }

  @Test
  void aPageOfCirrusSearchIsADocument() throws IOException {
    var found =
        RealFile.find(FORMATS.resolve("jawiki-cirrussearch-content.json"), Format.AUTO, null);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents())
        .extracting(Document::rejection)
        .containsExactly(null, "notADocument", null);
    var last = found.documents().getLast();
    assertThat(last.id()).isEqualTo("4");
    assertThat(last.title()).isEqualTo("金利");
    assertThat(last.text()).isEqualTo("金利は見出しである。");
    assertThat(last.url()).isEqualTo("https://ja.wikipedia.org/wiki/金利");
  }

  @Test
  void aDumpThatBreaksOffKeepsWhatCameBefore() throws IOException {
    var whole = Files.readString(FORMATS.resolve("jawiki.xml"));
    var file = folder.resolve("x.xml");
    Files.writeString(file, whole.substring(0, whole.indexOf("<page><title>金利")));
    var found = RealFile.find(file, Format.AUTO, null);
    assertThat(found.documents()).hasSize(1);
    assertThat(found.reasons()).containsExactly("x.xml wrongFormat");
  }

  @Test
  void aWrongByteCostsItsPageAndNoOther() throws IOException {
    var bytes = Files.readAllBytes(FORMATS.resolve("jawiki.xml"));
    var whole = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[whole.indexOf("<title>") + "<title>".length()] = (byte) 0xFF;
    var found = RealFile.find(Files.write(folder.resolve("x.xml"), bytes), Format.AUTO, null);
    assertThat(found.reasons()).containsExactly("x.xml#1 invalidRecord");
    assertThat(found.documents()).extracting(Document::id).containsExactly("4");
  }

  @Test
  void aDumpMayHaveAMarkAndSayAnotherEncoding() throws IOException {
    var whole = Files.readString(FORMATS.resolve("jawiki.xml"));
    var said =
        "<?xml version=\"1.0\" encoding=\"EUC-JP\"?>" + whole.replaceFirst("<\\?xml.*?>", "");
    for (var bytes :
        List.of(("\uFEFF" + whole).getBytes(), said.getBytes(Charset.forName("EUC-JP")))) {
      var found =
          RealFile.find(Files.write(folder.resolve("x.xml"), bytes), Format.MEDIAWIKI, null);
      assertThat(found.reasons()).isEmpty();
      assertThat(found.documents()).extracting(Document::title).containsExactly("日本銀行", "金利");
    }
  }

  @Test
  void entitiesAndOtherXmlAreRejects() throws IOException {
    var bomb =
        "<!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
            + "<mediawiki><page><title>&b;</title><ns>0</ns></page></mediawiki>";
    for (var content : new String[] {bomb, "<feed/>", "<mediawiki>"}) {
      var file = Files.writeString(folder.resolve("x.xml"), content);
      assertThat(RealFile.find(file, Format.MEDIAWIKI, null).reasons())
          .as(content)
          .containsExactly("x.xml wrongFormat");
    }
  }

  @Test
  void manyPagesAreNoEntities() throws IOException {
    var page =
        "<page><title>t</title><ns>1</ns><text>" + "&lt;ref&gt; ".repeat(5_000) + "</text></page>";
    var file = folder.resolve("x.xml");
    Files.writeString(file, "<mediawiki>" + page.repeat(1_200) + "</mediawiki>");
    assertThat(Files.size(file)).isGreaterThan(50_000_000);
    assertThat(RealFile.find(file, Format.AUTO, null).reasons()).isEmpty();
  }
}
