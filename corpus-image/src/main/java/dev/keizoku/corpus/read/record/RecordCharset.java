package dev.keizoku.corpus.read.record;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The character set of a file of records, from its first lines: such files are read piecemeal. */
final class RecordCharset {
  static final int HEAD_BYTES = 1 << 16;

  private RecordCharset() {}

  /** The first bytes of a stream that can go back to its begin. */
  static byte[] head(InputStream in) throws IOException {
    in.mark(HEAD_BYTES);
    var head = in.readNBytes(HEAD_BYTES);
    in.reset();
    return head;
  }

  /** The character set that a file's first bytes are written in. */
  static Charset of(byte[] head, ReadOptions options) {
    if (options.encoding() != null) {
      var charset = TextDecoder.charset(options.encoding());
      boolean littleEndian = head.length > 1 && (head[0] & 0xFF) == 0xFF;
      return charset.equals(StandardCharsets.UTF_16)
          ? littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE
          : charset;
    }
    var detected = TextDecoder.detect(wholeLines(head));
    if (detected != null) {
      return detected.charset();
    }
    // One wrong byte spoils a line, not what the others say.
    return new String(head, StandardCharsets.ISO_8859_1)
        .lines()
        .map(line -> TextDecoder.detect(line.getBytes(StandardCharsets.ISO_8859_1)))
        .filter(line -> line != null && line.text().chars().anyMatch(c -> c > 0x7F))
        .map(TextDecoder.Decoded::charset)
        .findFirst()
        .orElse(StandardCharsets.UTF_8);
  }

  /** The last line may be cut within a character. */
  private static byte[] wholeLines(byte[] head) {
    int end = head.length;
    while (end > 0 && head[end - 1] != '\n') {
      end--;
    }
    boolean halfOfTwoBytes = end > 0 && end < head.length && head[end] == 0;
    return end == 0 ? head : Arrays.copyOf(head, halfOfTwoBytes ? end + 1 : end);
  }

  /** Without a byte order mark; wrong bytes become U+FFFD. */
  static String text(byte[] bytes, Charset charset) {
    var text = new String(bytes, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
