package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
  void rejectsAnEntryThatLeadsOutOfTheArchiveAndReadsTheOthers() throws IOException {
    for (var name :
        new String[] {"../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt"}) {
      var found =
          RealFile.find(zip(StandardCharsets.UTF_8, name, "x", "good.txt", "善"), Format.AUTO, null);
      assertThat(found.documents()).extracting(Document::text).containsExactly("善");
      assertThat(found.reasons())
          .containsExactly("x.zip!" + name.replace('\\', '/') + " unsafeArchive");
    }
  }

  @Test
  void foldersOfWindowsAreFolders() throws IOException {
    var zip = zip(StandardCharsets.UTF_8, "filings\\2026\\q1.txt", "一", "filings\\メモ\\q3.txt", "二");
    assertThat(RealFile.read(zip, Format.TEXT, null))
        .extracting(Document::location)
        .containsExactly("x.zip!filings/2026/q1.txt", "x.zip!filings/メモ/q3.txt");
    assertThat(RealFile.read(zip, Format.TEXT, "**/2026/*.txt"))
        .extracting(Document::title)
        .containsExactly("q1");
  }

  @Test
  void namesOfOldWindowsMayHoldTheByteOfABackslash() throws IOException {
    var zip = zip(Charset.forName("windows-31j"), "決算/ソフト/予実表.txt", "一", "決算/能力.txt", "二");
    assertThat(RealFile.read(zip, Format.TEXT, "**/ソフト/*表*.txt"))
        .extracting(Document::title)
        .containsExactly("予実表");
  }

  @Test
  void aPackedFileThatIsEmptyOrBreaksOffIsAReject() throws IOException {
    var empty = Files.createFile(folder.resolve("empty.jsonl.gz"));
    assertThat(RealFile.find(empty, Format.AUTO, null).reasons())
        .containsExactly("empty.jsonl.gz damaged");
    var lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("{\"text\":\"").append(Math.sin(i)).append("\"}\n");
    }
    var packed = gzip(lines.toString());
    var cut = folder.resolve("cut.jsonl.gz");
    Files.write(cut, Arrays.copyOf(packed, packed.length - 20));
    var found = RealFile.find(cut, Format.AUTO, null);
    assertThat(found.reasons()).containsExactly("cut.jsonl.gz damaged");
    assertThat(found.documents()).as("what came before the break").hasSizeGreaterThan(19_000);
    assertThat(found.rejects().getFirst().bytes()).isEqualTo(packed.length - 20);
  }

  @Test
  void anEntryThatDoesNotUnpackIsARejectByItself() throws IOException {
    var zip = zip(StandardCharsets.UTF_8, "a.txt", "一".repeat(500), "b.txt", "二");
    var bytes = Files.readAllBytes(zip);
    // The first entry's data begin behind its local header of 30 bytes and its name.
    Arrays.fill(bytes, 36, 44, (byte) 0xFF);
    Files.write(zip, bytes);
    var found = RealFile.find(zip, Format.TEXT, null);
    assertThat(found.documents()).extracting(Document::text).containsExactly("二");
    assertThat(found.reasons()).containsExactly("x.zip!a.txt damaged");
  }

  @Test
  void tellsWhatNoReaderTakes() throws IOException {
    var zip =
        zip(
            StandardCharsets.UTF_8,
            "a.jsonl.lz4",
            "?",
            "b.rtf",
            "?",
            "c.txt",
            "一",
            ".hidden.csv",
            "?");
    var found = RealFile.find(zip, Format.AUTO, null);
    assertThat(found.documents()).hasSize(1);
    assertThat(found.leftOut()).containsExactly("x.zip!a.jsonl.lz4", "x.zip!b.rtf");
  }

  @Test
  void takesPagesAsAMirrorNamesThem() throws IOException {
    var page = "<html><body><p>決算</p></body></html>";
    var names = List.of("news.aspx", "detail.php@id=2", "release.html@lang=ja", "a.html?x=1");
    for (var name : names) {
      var file = Files.writeString(folder.resolve(name), page);
      assertThat(RealFile.read(file, Format.HTML, null)).as(name).hasSize(1);
    }
  }

  @Test
  void aWrongByteInXmlIsAReject() throws IOException {
    var file = folder.resolve("x.xml");
    Files.write(
        file,
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Law><LawBody>\u00E9</LawBody></Law>")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(RealFile.find(file, Format.AUTO, null).reasons())
        .containsExactly("x.xml wrongFormat");
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
    var found = RealFile.find(zip, Format.TEXT, null);
    assertThat(found.documents()).isEmpty();
    assertThat(found.rejects().getLast()).hasMessageContaining("unpacks to more than");
    assertThat(found.reasons()).hasSize(40).contains("x.zip!9.txt unsafeArchive");
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
    assertUnreadable("x.xbrl", "<xbrl/>", "it is not an XBRL instance");
    assertUnreadable("x.jsonl", "{\"body\":\"a\"}", "it has no text field 'text'");
    assertUnreadable("x.xml", "<Law><LawBody></Law>", "it is not XML: line 1");
    assertUnreadable("x.html", "no tags", "it is not HTML");
    var entity =
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Law><LawBody>&e;</LawBody></Law>";
    assertUnreadable("y.xml", entity, "it is not XML: line 1");
  }

  @Test
  void dropsWhatIsUnderAHeadingOfPersonsAndLeavesOutTheCover() throws IOException {
    var page = "<html><body><h1>（２）【役員の状況】</h1><p>氏名</p>%s</body></html>";
    var zip =
        zip(
            StandardCharsets.UTF_8,
            "XBRL/PublicDoc/0000000_header_x_ixbrl.htm",
            page.formatted(""),
            "XBRL/PublicDoc/0104010_honbun_x_ixbrl.htm",
            page.formatted(""),
            "XBRL/AuditDoc/jpaud_x_ixbrl.htm",
            page.formatted(""),
            "XBRL/PublicDoc/0105010_000000.htm",
            page.formatted("<h1>第５【経理の状況】</h1>"));
    var documents = RealFile.read(zip, Format.EDINET, null);
    assertThat(documents)
        .extracting(Document::rejection)
        .containsExactly("auditReport", "coverPage", "personalData", null);
    assertThat(documents.getLast().text()).isEqualTo("# 第５【経理の状況】\n");
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

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
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
