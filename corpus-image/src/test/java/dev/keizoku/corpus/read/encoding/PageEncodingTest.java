package dev.keizoku.corpus.read.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageEncodingTest {
  private static final String JAPANESE = "借り入れの条件についてお知らせします。".repeat(20);
  private static final String KOREAN = "가상의 회사는 올해 매출이 늘었다고 발표했다. ".repeat(20);

  private static String page(String charset, String text) {
    return "<html><head><meta charset=\"%s\"></head><body>%s</body></html>"
        .formatted(charset, text);
  }

  @ParameterizedTest
  @CsvSource({
    "Shift_JIS, windows-31j, true",
    "EUC-JP, x-eucJP-Open, true",
    "iso-8859-1, windows-31j, true",
    "Shift_JIS, UTF-8, true",
    "utf-8, windows-31j, true",
    "no-such-set, x-eucJP-Open, true",
    "EUC-KR, EUC-KR, false",
    "utf-8, UTF-8, false"
  })
  void readsAPageAsItWasWrittenAndNotAlwaysAsItSays(String said, String written, boolean japanese)
      throws IOException {
    var page = page(said, japanese ? JAPANESE : KOREAN);
    assertThat(PageEncoding.decode(page.getBytes(Charset.forName(written)), null)).isEqualTo(page);
  }

  /** Mark, server, page, source: who is believed. */
  @ParameterizedTest
  @CsvSource({
    // the mark goes before all
    "UTF-8, true, Shift_JIS, EUC-JP, windows-31j",
    "UTF-16LE, true, Shift_JIS, , windows-31j",
    "UTF-16BE, true, utf-8, , ",
    // the server before the page
    "x-eucJP-Open, false, EUC-JP, Shift_JIS, ",
    "EUC-KR, false, EUC-KR, utf-8, ",
    "windows-31j, false, sjis, utf-8, ",
    // the page where the server says nothing, nothing that means anything, or what is not so
    "EUC-KR, false, , EUC-KR, ",
    "EUC-KR, false, iso-8859-1, EUC-KR, ",
    "EUC-KR, false, no-such-set, EUC-KR, ",
    "x-eucJP-Open, false, iso-2022-jp, EUC-JP, ",
    // both lie
    "windows-31j, false, EUC-JP, utf-8, ",
    "UTF-8, false, Shift_JIS, EUC-JP, ",
    // a page that is read byte by byte is not UTF-16
    "UTF-8, false, , utf-16, ",
    "windows-31j, false, , utf-16le, ",
  })
  void whoIsBelieved(String written, boolean mark, String served, String said, String source)
      throws IOException {
    var page = page(said == null ? "" : said, written.equals("EUC-KR") ? KOREAN : JAPANESE);
    var bytes = ((mark ? "\uFEFF" : "") + page).getBytes(Charset.forName(written));
    assertThat(PageEncoding.decode(bytes, source, served)).isEqualTo(page);
  }

  @Test
  void whatAPageSaysInACommentIsNotSaid() throws IOException {
    var page = "<!-- <meta charset=EUC-JP> --><meta charset=EUC-KR>" + KOREAN;
    assertThat(PageEncoding.decode(page.getBytes(Charset.forName("EUC-KR")), null)).isEqualTo(page);
  }

  @ParameterizedTest
  @CsvSource({"Shift_JIS, windows-31j", "iso-8859-1, windows-31j", "utf-8, UTF-8"})
  void aFewWrongBytesSpoilNoPage(String said, String written) throws IOException {
    var charset = Charset.forName(written);
    var description = "借り入れ".getBytes(charset);
    var bytes = new ByteArrayOutputStream();
    bytes.write(("<meta charset=" + said + "><meta content=\"").getBytes(charset));
    bytes.write(description, 0, description.length - 1);
    bytes.write(("\"><p>" + JAPANESE).getBytes(charset));
    assertThat(PageEncoding.decode(bytes.toByteArray(), null))
        .endsWith("\"><p>" + JAPANESE)
        .contains("借り入\uFFFD");
  }

  @Test
  void whatIsNoTextIsNoPage() {
    var bytes = new byte[4096];
    new java.util.Random(1).nextBytes(bytes);
    assertThatThrownBy(() -> PageEncoding.decode(bytes, null))
        .isInstanceOf(UnreadableFileException.class);
    var greek = Arrays.copyOf(KOREAN.getBytes(StandardCharsets.UTF_8), 1000);
    assertThatThrownBy(() -> PageEncoding.decode(greek, "windows-31j"))
        .hasMessageContaining("correct sources[].encoding");
  }
}
