package dev.keizoku.corpus.read.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.read.RealFile;
import dev.keizoku.corpus.read.file.Document;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesReaderTest {
  private static final String TWO = "{\"text\":\"①売上高は\"}\r\n{\"text\":\"営業利益は\"}\r\n";

  @TempDir Path folder;

  private RealFile.Found find(byte[] bytes) throws IOException {
    return RealFile.find(Files.write(folder.resolve("x.jsonl"), bytes), Format.AUTO, null);
  }

  private RealFile.Found find(String text) throws IOException {
    return find(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertTexts(RealFile.Found found, String... texts) {
    assertThat(found.documents()).extracting(Document::text).containsExactly(texts);
  }

  @Test
  void aBadRecordIsARejectAndTheOthersStay() throws IOException {
    var found =
        find(
            "\uFEFF{\"text\":\"一\",\"title\":\"t\",\"url\":\"u\",\"id\":7}\n"
                + "{bad\n\n{\"text\":3}\n[]\n{\"text\":\"二\"}");
    assertTexts(found, "一", "二");
    assertThat(found.reasons())
        .containsExactly(
            "x.jsonl#2 invalidRecord", "x.jsonl#4 invalidRecord", "x.jsonl#5 invalidRecord");
    assertThat(found.documents().getFirst().url()).isEqualTo("u");
    assertThat(found.documents().getFirst().id()).isEqualTo("7");
    assertThat(found.documents().getLast().location()).isEqualTo("x.jsonl#6");
  }

  @Test
  void twoObjectsOnOneLineAreTwoRecords() throws IOException {
    var found = find("{\"text\":\"一\"}{\"text\":\"二\"} {\"text\":\"三\"}\n{\"text\":\"四\"}");
    assertTexts(found, "一", "二", "三", "四");
    assertThat(found.documents())
        .extracting(Document::location)
        .containsExactly("x.jsonl#1", "x.jsonl#1.2", "x.jsonl#1.3", "x.jsonl#2");
    assertThat(found.rejects()).isEmpty();
  }

  @Test
  void whatFollowsAnObjectIsNotPassedOver() throws IOException {
    var found = find("{\"text\":\"一\"} garbage\n{\"text\":\"二\"}}\n{\"text\":\"三\"}");
    assertTexts(found, "一", "二", "三");
    assertThat(found.reasons())
        .containsExactly("x.jsonl#1.2 invalidRecord", "x.jsonl#2.2 invalidRecord");
  }

  @Test
  void aFileThatBreaksOffLosesOneRecordWhereverItIs() throws IOException {
    var bytes = "{\"text\":\"一\"}\n{\"text\":\"来春\"}".getBytes(StandardCharsets.UTF_8);
    for (int cut = bytes.length - 1; bytes[cut] != '\n'; cut--) {
      var found = find(Arrays.copyOf(bytes, cut));
      assertTexts(found, "一");
      boolean nothingLeft = bytes[cut - 1] == '\n';
      assertThat(found.rejects()).as("cut at %d", cut).hasSize(nothingLeft ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-31j",
    "x-eucJP-Open",
    "x-windows-iso2022jp"
  })
  void detectsTheEncoding(String charset) throws IOException {
    var mark = charset.startsWith("UTF") ? "\uFEFF" : "";
    assertTexts(find((mark + TWO).getBytes(Charset.forName(charset))), "①売上高は", "営業利益は");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "windows-31j", "x-eucJP-Open"})
  void oneWrongByteSpoilsOneRecord(String charset) throws IOException {
    var text = TWO.repeat(3).replaceFirst("売上高", "!");
    var bytes = text.getBytes(Charset.forName(charset));
    bytes[text.substring(0, text.indexOf('!')).getBytes(Charset.forName(charset)).length] =
        (byte) 0xFF;
    var found = find(bytes);
    assertThat(found.documents()).hasSize(5);
    assertThat(found.reasons()).containsExactly("x.jsonl#1 invalidRecord");
  }

  @Test
  void linesMayBeLongerThanWhatIsReadAtOnce() throws IOException {
    var texts = new String[] {"一".repeat(70_000), "二".repeat(21_845), "三"};
    var lines = new StringBuilder();
    for (var text : texts) {
      lines.append("{\"text\":\"").append(text).append("\"}\n");
    }
    assertTexts(find(lines.toString()), texts);
    assertTexts(find(("\uFEFF" + lines).getBytes(StandardCharsets.UTF_16LE)), texts);
  }

  @Test
  void aLineWithoutEndIsARejectAndTheNextIsRead() throws IOException {
    var file = folder.resolve("x.jsonl");
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 65; i++) {
        out.write(new byte[1 << 20]);
      }
      out.write("\n{\"text\":\"二\"}".getBytes(StandardCharsets.UTF_8));
    }
    var found = RealFile.find(file, Format.JSONL, null);
    assertTexts(found, "二");
    assertThat(found.reasons()).containsExactly("x.jsonl#1 tooLarge");
  }

  @Test
  void readsAnArrayUpToWhereItBreaks() throws IOException {
    assertTexts(find("\uFEFF [{\"text\":\"一\"},\n {\"text\":\"二\"}]"), "一", "二");
    var found = find("[{\"text\":\"一\"}, {\"body\":1}, {\"text\":\"二\"}, {");
    assertTexts(found, "一", "二");
    assertThat(found.reasons()).containsExactly("x.jsonl#2 invalidRecord", "x.jsonl wrongFormat");
  }

  @Test
  void anEmptyFileHasNothingInIt() throws IOException {
    assertThat(find("").documents()).isEmpty();
    assertThat(find("\n \n").rejects()).isEmpty();
  }
}
