package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
  @TempDir Path folder;

  @Test
  void looksIntoAZipInTheOrderOfItsNames() throws IOException {
    var zip =
        zip(StandardCharsets.UTF_8, "b/二.txt", "に", "a.txt", "一", ".hidden.txt", "x", "c.bin", "?");
    assertThat(RealFile.read(zip, Format.AUTO, null))
        .extracting(Document::location)
        .containsExactly("x.zip!a.txt", "x.zip!b/二.txt");
  }

  @Test
  void readsNamesThatAnOldWindowsWrote() throws IOException {
    var zip = zip(Charset.forName("windows-31j"), "銀行法.txt", "銀行");
    assertThat(RealFile.read(zip, Format.TEXT, null).getFirst().title()).isEqualTo("銀行法");
  }

  @Test
  void anIncludeReachesIntoAnArchive() throws IOException {
    var zip = zip(StandardCharsets.UTF_8, "a/1.txt", "一", "b/2.txt", "二");
    assertThat(RealFile.read(zip, Format.AUTO, "**/b/*.txt")).hasSize(1);
    assertThat(RealFile.read(zip, Format.AUTO, "*.zip")).hasSize(2);
  }

  @Test
  void refusesAnEntryThatLeadsOutOfTheArchive() throws IOException {
    for (var name :
        new String[] {"../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt"}) {
      var zip = zip(StandardCharsets.UTF_8, name, "x");
      assertThatThrownBy(() -> RealFile.read(zip, Format.AUTO, null))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining("leads out of the archive");
    }
  }

  @Test
  void refusesAnArchiveThatUnpacksToFarMoreThanItIs() throws IOException {
    var zip = folder.resolve("x.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < 40; i++) {
        out.putNextEntry(new ZipEntry(i + ".txt"));
        out.write(new byte[1 << 20]);
      }
    }
    assertThatThrownBy(() -> RealFile.read(zip, Format.TEXT, null))
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    var file = folder.resolve("x.jsonl.gz");
    try (var out = Files.newOutputStream(file)) {
      for (var text : new String[] {"一", "二"}) {
        var member = new GZIPOutputStream(out);
        member.write(("{\"text\":\"" + text + "\"}\n").getBytes(StandardCharsets.UTF_8));
        member.finish();
      }
    }
    assertThat(RealFile.read(file, Format.AUTO, null))
        .extracting(Document::text)
        .containsExactly("一", "二");
  }

  @Test
  void saysWhatIsWrongWithADamagedFile() throws IOException {
    assertUnreadable("x.zip", "no zip at all", "it is not a zip archive");
    assertUnreadable("x.txt.gz", "no gzip", "it is not gzip");
    assertUnreadable("x.pdf", "no pdf", "it is not a PDF that can be read");
    assertUnreadable("x.conllu", "no treebank", "it has no line '# text = ...'");
    assertUnreadable("x.xbrl", "<xbrl/>", "it is not an XBRL instance with text blocks");
    assertUnreadable(
        "x.jsonl", "{\"body\":\"a\"}", "it has no JSON object with the text field 'text'");
    assertUnreadable("x.xml", "<Law><LawBody></Law>", "it is not XML: line 1");
    assertUnreadable("x.html", "no tags", "it is not HTML");
    var entity =
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Law><LawBody>&e;</LawBody></Law>";
    assertUnreadable("y.xml", entity, "it is not XML: line 1");
  }

  @Test
  void aBadLineOfJsonIsDroppedAndTheOthersStay() throws IOException {
    var file = folder.resolve("x.jsonl");
    Files.writeString(
        file,
        "\uFEFF{\"text\":\"一\",\"title\":\"t\",\"url\":\"u\"}\n{bad\n\n{\"text\":3}\n{\"text\":\"二\"}");
    var documents = RealFile.read(file, Format.AUTO, null);
    assertThat(documents).extracting(Document::text).containsExactly("一", "", "", "二");
    assertThat(documents)
        .extracting(Document::rejection)
        .containsExactly(null, "invalidRecord", "invalidRecord", null);
    assertThat(documents.getFirst().url()).isEqualTo("u");
    assertThat(documents.getLast().location()).isEqualTo("x.jsonl#5");
  }

  @Test
  void readsAJsonArray() throws IOException {
    var file = Files.writeString(folder.resolve("x.json"), " [{\"text\":\"一\"}, {\"text\":\"二\"}]");
    assertThat(RealFile.read(file, Format.AUTO, null)).hasSize(2);
  }

  @Test
  void dropsThePageOnPersonsAndLeavesOutTheCover() throws IOException {
    var page = "<html><body><h1>役員の状況</h1><p>氏名</p></body></html>";
    var zip =
        zip(
            StandardCharsets.UTF_8,
            "XBRL/PublicDoc/0000000_header_x_ixbrl.htm",
            page,
            "XBRL/PublicDoc/0104010_honbun_x_ixbrl.htm",
            page,
            "XBRL/AuditDoc/jpaud_x_ixbrl.htm",
            page,
            "XBRL/PublicDoc/0105010_000000.htm",
            page);
    var documents = RealFile.read(zip, Format.EDINET, null);
    assertThat(documents).extracting(Document::rejection).containsExactly("personalData", null);
  }

  @Test
  void anXbrlInstanceIsItsTextBlocksWithoutOfficersAndRepetition() throws IOException {
    var file = folder.resolve("x.xbrl");
    Files.writeString(
        file,
        """
        <xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:c="urn:c">
        <c:NotesTextBlock contextRef="a">&lt;p&gt;注記&lt;/p&gt;&lt;p&gt;内訳&lt;/p&gt;</c:NotesTextBlock>
        <c:DetailTextBlock contextRef="a">&lt;p&gt;内訳&lt;/p&gt;</c:DetailTextBlock>
        <c:InformationAboutOfficersTextBlock contextRef="a">&lt;p&gt;氏名&lt;/p&gt;</c:InformationAboutOfficersTextBlock>
        <c:FilerNameInJapaneseDEI contextRef="a">日本株式会社</c:FilerNameInJapaneseDEI>
        </xbrli:xbrl>
        """);
    var document = RealFile.read(file, Format.AUTO, null).getFirst();
    assertThat(document.title()).isEqualTo("日本株式会社");
    assertThat(document.text().strip()).isEqualTo("注記\n内訳");
  }

  private void assertUnreadable(String name, String content, String why) throws IOException {
    var file = Files.writeString(folder.resolve(name), content);
    assertThatThrownBy(() -> RealFile.read(file, Format.AUTO, null))
        .as(name)
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(why);
  }

  private Path zip(Charset names, String... entries) throws IOException {
    var zip = folder.resolve("x.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip), names)) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new ZipEntry(entries[i]));
        out.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }
}
