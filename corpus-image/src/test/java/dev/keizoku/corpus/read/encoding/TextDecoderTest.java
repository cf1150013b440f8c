package dev.keizoku.corpus.read.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.RealFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"sjis", "eucjp", "jis", "utf8", "utf16"})
  void detectsTheEncodingOfARealText(String extension) throws IOException {
    var text =
        TextDecoder.decode(Files.readAllBytes(RealFile.path("kojiki.txt." + extension)), null);
    assertThat(text.replace("\r\n", "\n").lines().limit(40))
        .startsWith("古事記")
        .contains("（例）安萬侶《やすまろ》")
        .allMatch(line -> line.indexOf('\uFFFD') < 0);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-31j, ㈱髙島屋の①売上高は、前期比12％増",
    "windows-31j, 金利",
    "x-eucJP-Open, 銀行は銀行業を営む者をいう",
    "x-eucJP-Open, ①日本銀行の金融政策について",
    "x-windows-iso2022jp, 株価①は下落した",
    "UTF-8, 利息",
    "UTF-16LE, 財務諸表\\nの注記",
    "UTF-16BE, 財務諸表\\nの注記",
  })
  void detectsShortTextWithVendorCharacters(String charset, String text) throws IOException {
    var written = text.replace("\\n", "\n");
    assertThat(TextDecoder.decode(written.getBytes(Charset.forName(charset)), null))
        .isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ﾌﾘｺﾐ ｶ)ﾔﾏﾀﾞｼﾖｳｼﾞ 1,234,567",
        "ﾐｽﾞﾎｷﾞﾝｺｳ ﾎﾝﾃﾝ\r\nﾌﾂｳ 0012345 ﾆﾎﾝ ﾀﾛｳ",
        "ﾃﾞｰﾀ･ｻｰﾋﾞｽ(ｶ"
      })
  void detectsHalfWidthKatakana(String text) throws IOException {
    assertThat(TextDecoder.decode(text.getBytes(Charset.forName("windows-31j")), null))
        .isEqualTo(text);
  }

  @Test
  void otherBytesAreNotTakenForHalfWidthKatakana() {
    for (var text : new String[] {"가상의 회사는 올해 매출이 늘었다.", "Größe, Übermaß, Äpfel, Öl und Straße"}) {
      var charset = Charset.forName(text.startsWith("G") ? "windows-1252" : "EUC-KR");
      var decoded = TextDecoder.detect(text.getBytes(charset));
      assertThat(
              decoded == null || decoded.text().chars().noneMatch(c -> c >= 0xFF61 && c <= 0xFF9F))
          .as(text)
          .isTrue();
    }
  }

  @Test
  void aByteOrderMarkIsNotText() throws IOException {
    assertThat(TextDecoder.decode("\uFEFFあ".getBytes(StandardCharsets.UTF_8), null)).isEqualTo("あ");
    assertThat(TextDecoder.decode("\uFEFFあ".getBytes(StandardCharsets.UTF_8), "utf-8"))
        .isEqualTo("あ");
  }

  @Test
  void theNameOfShiftJisMeansWhatWindowsWrites() throws IOException {
    var bytes = "㈱髙島屋".getBytes(Charset.forName("windows-31j"));
    assertThat(TextDecoder.decode(bytes, "Shift_JIS")).isEqualTo("㈱髙島屋");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "가상의회사는올해매출이늘었다고발표했다. 이사회는배당을권고하였다.",
        "Вымышленная компания сообщила о росте выручки.",
        "┌────┬────┐\n│売上│九百│\n└────┴────┘",
        "บริษัทรายงานรายได้",
        "ﾃｽﾄﾃﾞｰﾀ ﾊﾝｶｸｶﾅ"
      })
  void textInUtf8IsTextInAnyScript(String text) throws IOException {
    assertThat(TextDecoder.decode(text.getBytes(StandardCharsets.UTF_8), null)).isEqualTo(text);
  }

  @Test
  void refusesBytesThatAreNoText() {
    var bytes = new byte[4096];
    new java.util.Random(1).nextBytes(bytes);
    assertThatThrownBy(() -> TextDecoder.decode(bytes, null))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("it is neither UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP nor UTF-16");
  }

  @Test
  void refusesTextInAnotherEncodingThanNamed() {
    var bytes = "銀行".getBytes(Charset.forName("windows-31j"));
    assertThatThrownBy(() -> TextDecoder.decode(bytes, "utf-8"))
        .hasMessageContaining("it is not utf-8; correct sources[].encoding");
    assertThatThrownBy(() -> TextDecoder.decode(bytes, "latin-japan"))
        .isInstanceOf(RunFault.class)
        .hasMessage("'latin-japan' is not the name of an encoding; correct sources[].encoding.");
  }
}
