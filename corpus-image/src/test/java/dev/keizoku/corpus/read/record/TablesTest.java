package dev.keizoku.corpus.read.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.RecordFields;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of resources/formats, which pyarrow and Python's csv made, and damaged ones. */
class TablesTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");
  private static final RecordFields JAPANESE = new RecordFields("見出し", "番号", "meta.url", "日付");
  private static final String[] TEXTS = {"売上高は△1,234百万円、前期比12.5％減。", "配当は1株当たり\n「50円」, 前期と同額。"};

  @TempDir Path folder;

  private RealFile.Found find(Path file, String textField) throws IOException {
    var copy = folder.resolve(file.getFileName().toString());
    if (!Files.exists(copy)) {
      Files.copy(file, copy);
    }
    return RealFile.find(copy, Format.AUTO, textField, JAPANESE);
  }

  private RealFile.Found find(String name, byte[] content) throws IOException {
    return find(Files.write(folder.resolve(name), content), "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notices-cp932.csv",
        "notices-utf8.tsv",
        "notices-utf16.csv",
        "notices-eucjp.csv",
        "notices-none.parquet",
        "notices-snappy.parquet",
        "notices-gzip.parquet",
        "notices-zstd.parquet",
        "notices-lz4.parquet"
      })
  void readsARowAsADocument(String name) throws IOException {
    var found = find(FORMATS.resolve(name), "本文");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents()).extracting(Document::text).containsExactly(TEXTS);
    assertThat(found.documents()).extracting(Document::title).containsExactly("決算", "配当");
    assertThat(found.documents()).extracting(Document::id).containsExactly("7", "8");
    assertThat(found.documents().getLast().date()).isEqualTo("2025-06-01");
    if (name.endsWith(".parquet")) {
      assertThat(found.documents().getFirst().url()).isEqualTo("https://example.jp/7");
    }
  }

  @Test
  void aListInAColumnIsLines() throws IOException {
    assertThat(find(FORMATS.resolve("notices-zstd.parquet"), "段落[]").documents())
        .extracting(Document::text)
        .containsExactly(TEXTS[0] + "\n以上", TEXTS[1] + "\n以上");
  }

  @Test
  void bytesThatAreTextAreText() throws IOException {
    assertThat(find(FORMATS.resolve("binary.parquet"), "text").documents())
        .extracting(Document::text)
        .containsExactly(TEXTS);
  }

  @Test
  void saysWhichColumnsThereAre() throws IOException {
    for (var name : new String[] {"notices-cp932.csv", "notices-zstd.parquet"}) {
      var found = find(FORMATS.resolve(name), "body");
      assertThat(found.reasons()).containsExactly(name + " wrongFormat");
      assertThat(found.rejects().getFirst())
          .hasMessageContaining("it has no column 'body' but 本文, 見出し, 番号, 日付");
    }
  }

  @Test
  void aRowWithOtherFieldsOrBytesIsARejectByItself() throws IOException {
    var csv = "text,title\n一,a\n二\n三,c,d\n四,d\n".getBytes(StandardCharsets.UTF_8);
    assertThat(find("fields.csv", csv).reasons())
        .containsExactly("fields.csv#3 invalidRecord", "fields.csv#4 invalidRecord");
    var bytes = "text,title\n銀行の金利,a\n円Xが下落,b\n株価が上昇,c\n".getBytes(Charset.forName("windows-31j"));
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 'X' ? (byte) 0xFF : bytes[i];
    }
    var found = find("bytes.csv", bytes);
    assertThat(found.reasons()).containsExactly("bytes.csv#3 invalidRecord");
    assertThat(found.documents()).hasSize(2);
  }

  @Test
  void aQuoteWithoutEndEndsTheTableAndNotTheRun() throws IOException {
    var found = find("quote.csv", "text,title\n一,a\n\"二,b\n三,c\n".getBytes(StandardCharsets.UTF_8));
    assertThat(found.documents()).extracting(Document::text).containsExactly("一");
    assertThat(found.reasons()).containsExactly("quote.csv wrongFormat");
    var endless = ("text\n\"" + "あ".repeat(17 << 20)).getBytes(StandardCharsets.UTF_8);
    assertThat(find("endless.csv", endless).reasons()).containsExactly("endless.csv wrongFormat");
  }

  @Test
  void aParquetThatIsCutOrNoneIsAReject() throws IOException {
    var whole = Files.readAllBytes(FORMATS.resolve("notices-zstd.parquet"));
    var hole = whole.clone();
    Arrays.fill(hole, 4, 60, (byte) 0x55);
    for (var damaged :
        new byte[][] {Arrays.copyOf(whole, whole.length - 30), hole, "PAR1".getBytes(), {}}) {
      assertThat(find("x.parquet", damaged).reasons()).containsExactly("x.parquet wrongFormat");
    }
  }

  @Test
  void aPathLeadsIntoNestedObjects() throws IOException {
    var json =
        """
        {"numberOfRecords": 1,
         "meetings": [
          {"name": "財政金融委員会", "day": "2025-05-09",
           "speeches": [{"speech": "金利について伺います。", "key": {"id": 1}},
                        {"speech": "お答えします。", "key": {"id": 2}}]}]}
        """;
    var fields = new RecordFields("name", "key.id", null, "day");
    var file = Files.writeString(folder.resolve("minutes.json"), json);
    var found = RealFile.find(file, Format.AUTO, "meetings[].speeches[].speech", fields);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.documents())
        .extracting(Document::text)
        .containsExactly("金利について伺います。", "お答えします。");
    var second = found.documents().getLast();
    assertThat(second.location()).isEqualTo("minutes.json#1/2");
    assertThat(second.title()).isEqualTo("財政金融委員会");
    assertThat(second.id()).isEqualTo("2");
    assertThat(second.date()).isEqualTo("2025-05-09");
    var lines =
        Files.writeString(folder.resolve("l.jsonl"), "{\"a\":{\"b\":\"文\"},\"x.y\":\"点\"}\n");
    assertThat(RealFile.find(lines, Format.AUTO, "a.b", fields).documents())
        .extracting(Document::text)
        .containsExactly("文");
    assertThat(RealFile.find(lines, Format.AUTO, "x.y", fields).documents()).hasSize(1);
    assertThat(RealFile.find(lines, Format.AUTO, "none[].b", fields).rejects().getFirst())
        .hasMessageContaining("nothing lies at 'none[].b'");
  }
}
