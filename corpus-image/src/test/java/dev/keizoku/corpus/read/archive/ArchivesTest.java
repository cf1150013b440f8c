package dev.keizoku.corpus.read.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.RealFile;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives and packed files; those of resources/formats were made by the formats' own tools. */
class ArchivesTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path folder;

  private RealFile.Found find(String name) throws IOException {
    return find(name, Format.AUTO, null);
  }

  /** The file lies where nothing else is written. */
  private RealFile.Found find(String name, Format format, String include) throws IOException {
    var file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.copy(FORMATS.resolve(name), file);
    }
    return RealFile.find(file, format, include);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void readsPackedFilesOfSeveralMembers(String extension) throws IOException {
    assertThat(find("members.jsonl." + extension).documents())
        .extracting(Document::text)
        .containsExactly("株価は上昇した。", "円は下落した。", "金利は据え置かれた。");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
  void aPackedFileThatBreaksOffOrIsNoneIsAReject(String extension) throws IOException {
    var whole = Files.readAllBytes(FORMATS.resolve("members.jsonl." + extension));
    var names = new String[] {"cut.jsonl.", "empty.jsonl.", "other.jsonl."};
    Files.write(folder.resolve(names[0] + extension), Arrays.copyOf(whole, whole.length - 9));
    Files.write(folder.resolve(names[1] + extension), new byte[0]);
    Files.writeString(folder.resolve(names[2] + extension), "{\"text\":\"not packed at all\"}\n");
    for (var name : names) {
      var found = find(name + extension);
      assertThat(found.reasons()).containsExactly(name + extension + " damaged");
      assertThat(found.documents().size()).as("what came before the break").isLessThan(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"filings.tar", "filings.tar.zst"})
  void looksIntoATarAndWhatIsPackedInIt(String name) throws IOException {
    var found = find(name);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents())
        .extracting(Document::location)
        .containsExactlyInAnyOrder(
            name + "!filings/2025/決算.txt", name + "!filings/配当.txt", name + "!filings/配当.txt.gz");
    assertThat(found.documents()).extracting(Document::title).contains("決算", "配当");
    assertThat(find(name, Format.TEXT, "**/2025/*.txt").documents())
        .extracting(document -> document.text().strip())
        .containsExactly("営業利益は増加した。");
  }

  @Test
  void looksIntoArchivesInArchivesAndLeavesNothingOnTheDisk() throws IOException {
    var found = find("nested.zip");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents())
        .extracting(Document::location)
        .containsExactly(
            "nested.zip!a.jsonl#1",
            "nested.zip!a.jsonl#2",
            "nested.zip!filings.tgz!filings/2025/決算.txt",
            "nested.zip!filings.tgz!filings/配当.txt",
            "nested.zip!filings.tgz!filings/配当.txt.gz",
            "nested.zip!inner.zip!filings/2025/決算.txt");
    assertThat(folder.resolve("unpacked")).isEmptyDirectory();
    assertThat(find("nested.zip", Format.AUTO, "**/inner.zip/**").documents())
        .extracting(Document::title)
        .containsExactly("決算");
    assertThat(find("nested.zip", Format.AUTO, "**/*.tgz").documents()).hasSize(3);
  }

  @Test
  void anArchiveThatNeedsAPasswordSaysSo() throws IOException {
    var found = find("encrypted.zip");
    assertThat(found.reasons()).containsExactly("encrypted.zip!a.jsonl encrypted");
    assertThat(found.rejects().getFirst()).hasMessageContaining("without a password");
  }

  @Test
  void aDamagedArchiveInAnArchiveIsARejectByItself() throws IOException {
    zip("x.zip", "good.txt", "善".getBytes(StandardCharsets.UTF_8), "inner.zip", new byte[] {1});
    var found = find("x.zip");
    assertThat(found.documents()).extracting(Document::text).containsExactly("善");
    assertThat(found.reasons()).containsExactly("x.zip!inner.zip damaged");
  }

  @Test
  void aDiskThatFailsIsNoFaultOfAFile() throws IOException {
    Files.writeString(folder.resolve("unpacked"), "no folder");
    var table = Files.readAllBytes(FORMATS.resolve("notices-zstd.parquet"));
    for (var name : List.of("a.parquet", "inner.zip")) {
      var zip = folder.resolve("x.zip");
      try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry(name));
        out.write(table);
      }
      assertThatThrownBy(() -> RealFile.find(zip, Format.AUTO, null))
          .as(name)
          .isInstanceOfSatisfying(
              RunFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.SCRATCH_FAILED));
    }
  }

  @Test
  void archivesWithinOneAnotherEnd() throws IOException {
    var bytes = zip("0.zip", "a.txt", "深".getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i < 4; i++) {
      bytes = zip(i + ".zip", "inner.zip", bytes);
    }
    assertThat(find("3.zip").documents()).hasSize(1);
    zip("4.zip", "inner.zip", bytes);
    assertThat(find("4.zip").reasons())
        .containsExactly("4.zip!inner.zip!inner.zip!inner.zip!inner.zip nestedArchive");
  }

  @Test
  void bombsWithinArchivesTakeFromOneBudget() throws IOException {
    var inner = zip("inner.zip", "a.bin", new byte[30 << 20], "b.txt", new byte[1 << 20]);
    zip("x.zip", "1.zip", inner, "2.zip", inner);
    for (var format : new Format[] {Format.AUTO, Format.TEXT}) {
      var found = find("x.zip", format, null);
      assertThat(found.documents().size() + found.rejects().size()).isPositive();
    }
    assertThat(find("x.zip", Format.TEXT, null).rejects())
        .as("30 MiB of 60 kB")
        .extracting(UnreadableFileException::getMessage)
        .anyMatch(why -> why.contains("unpacks to more than"));
  }

  @Test
  void whatIsSkippedInATarIsUnpackedToo() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      entry(tar, ".hidden/zeros", new byte[40 << 20]);
      entry(tar, "a.txt", "後".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("x.tar.gz"), packed.toByteArray());
    assertThat(find("x.tar.gz").reasons()).containsExactly("x.tar.gz unsafeArchive");
  }

  @Test
  void anEntryOfATarThatLeadsOutIsARejectByItself() throws IOException {
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("x.tar")))) {
      entry(tar, "../../evil.txt", "悪".getBytes(StandardCharsets.UTF_8));
      entry(tar, "a.txt", "善".getBytes(StandardCharsets.UTF_8));
      var link = new TarArchiveEntry("link.txt", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    var found = find("x.tar");
    assertThat(found.documents()).extracting(Document::text).containsExactly("善");
    assertThat(found.reasons()).containsExactly("x.tar!../../evil.txt unsafeArchive");
  }

  @Test
  void aTarThatBreaksOffIsARejectAndWhatCameBeforeStays() throws IOException {
    var whole = Files.readAllBytes(FORMATS.resolve("filings.tar"));
    Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, 3000));
    var found = find("cut.tar");
    assertThat(found.rejects()).isNotEmpty();
    assertThat(found.reasons()).allMatch(reason -> reason.endsWith("damaged"));
    Files.writeString(folder.resolve("none.tar"), "no tar at all, ".repeat(100));
    assertThat(find("none.tar").reasons()).containsExactly("none.tar damaged");
  }

  private static void entry(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private byte[] zip(String file, Object... namesAndContents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        out.write((byte[]) namesAndContents[i + 1]);
      }
    }
    Files.write(folder.resolve(file), bytes.toByteArray());
    return bytes.toByteArray();
  }
}
