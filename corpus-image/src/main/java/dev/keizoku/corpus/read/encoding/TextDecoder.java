package dev.keizoku.corpus.read.encoding;

import static java.util.Map.entry;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes to text, strictly: either every byte is understood or the file is unreadable.
 *
 * <p>Without a name what is UTF-8 is UTF-8, in any script; else the encoding is the one that
 * decodes without a fault and gives the most Japanese-looking text, tried over Shift_JIS (as
 * Windows has it), EUC-JP, ISO-2022-JP and UTF-16.
 */
public final class TextDecoder {
  // Java's own Shift_JIS, EUC-JP and ISO-2022-JP lack the vendor characters that Japanese files are
  // full of (circled digits, unit signs, names such as 髙 and 﨑); these are the supersets.
  private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
  private static final Charset EUC_JP = Charset.forName("x-eucJP-Open");
  private static final Charset ISO_2022_JP = Charset.forName("x-windows-iso2022jp");
  private static final Map<String, Charset> NAMED =
      Map.ofEntries(
          entry("shift_jis", SHIFT_JIS),
          entry("shift-jis", SHIFT_JIS),
          entry("sjis", SHIFT_JIS),
          entry("x-sjis", SHIFT_JIS),
          entry("ms_kanji", SHIFT_JIS),
          entry("cp932", SHIFT_JIS),
          entry("ms932", SHIFT_JIS),
          entry("euc-jp", EUC_JP),
          entry("x-euc-jp", EUC_JP),
          entry("eucjp", EUC_JP),
          entry("euc_jp", EUC_JP),
          entry("iso-2022-jp", ISO_2022_JP),
          entry("jis", ISO_2022_JP));
  private static final List<Charset> EIGHT_BIT = List.of(StandardCharsets.UTF_8, SHIFT_JIS, EUC_JP);
  private static final List<Charset> SIXTEEN_BIT =
      List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  private static final int SCORED_CHARS = 20_000;

  /** Other encodings' bytes are hardly ever UTF-8, and not so often in one file. */
  private static final int CERTAIN_CHARACTERS = 8;

  private TextDecoder() {}

  /**
   * Text and what it was written in.
   *
   * @param text without a byte order mark
   */
  public record Decoded(Charset charset, String text) {}

  /**
   * Decodes a file.
   *
   * @param encoding IANA name, or null to detect it
   * @return its text without a byte order mark
   * @throws UnreadableFileException when not every byte is understood
   * @throws RunFault user error for a name that Java does not know
   */
  public static String decode(byte[] bytes, String encoding) throws UnreadableFileException {
    var decoded = encoding == null ? detect(bytes) : strict(bytes, 0, charset(encoding));
    if (decoded != null) {
      return decoded.text;
    }
    throw new UnreadableFileException(
        RejectReason.WRONG_ENCODING,
        encoding == null
            ? "it is neither UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP nor UTF-16; if it is text, name"
                + " its encoding in sources[].encoding"
            : "it is not " + encoding + "; correct sources[].encoding");
  }

  /**
   * The character set of a name, with the supersets for the Japanese ones.
   *
   * @throws RunFault user error for a name that Java does not know
   */
  public static Charset charset(String name) {
    return known(name)
        .orElseThrow(
            () ->
                RunFault.userError(
                    Reason.RUN_FILE_INVALID,
                    "'%s' is not the name of an encoding; correct sources[].encoding."
                        .formatted(name)));
  }

  /** The same, or nothing for a name that Java does not know. */
  public static Optional<Charset> known(String name) {
    var japanese = NAMED.get(name.toLowerCase(Locale.ROOT));
    try {
      return Optional.of(japanese != null ? japanese : Charset.forName(name));
    } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
      return Optional.empty();
    }
  }

  /** The text in the encoding that fits, or null when none does. */
  public static Decoded detect(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return strict(bytes, 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return strict(bytes, 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return strict(bytes, 2, StandardCharsets.UTF_16BE);
    }
    var traits = Traits.of(bytes);
    if (traits.nul) {
      // No eight-bit text has a zero byte, and UTF-16 has one in every line feed.
      return best(bytes, SIXTEEN_BIT);
    }
    if (traits.sevenBit) {
      return strict(bytes, 0, traits.escape ? ISO_2022_JP : StandardCharsets.UTF_8);
    }
    var utf8 = strict(bytes, 0, StandardCharsets.UTF_8);
    if (utf8 != null && utf8.text.chars().filter(c -> c > 0x7F).count() >= CERTAIN_CHARACTERS) {
      return utf8;
    }
    var best = best(bytes, EIGHT_BIT);
    if (best != null || utf8 != null) {
      return best == null ? utf8 : best;
    }
    var narrow = strict(bytes, 0, SHIFT_JIS);
    return narrow != null && HalfWidthKana.isText(narrow.text) ? narrow : null;
  }

  private static Decoded best(byte[] bytes, List<Charset> candidates) {
    Decoded best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (var charset : candidates) {
      var decoded = strict(bytes, 0, charset);
      if (decoded != null) {
        double score = score(decoded.text);
        if (score > bestScore) {
          best = decoded;
          bestScore = score;
        }
      }
    }
    // Bytes that happen to decode but give mostly what nobody writes are not text.
    return bestScore < 0 ? null : best;
  }

  /** The text, or null when a byte is not understood. */
  public static Decoded strict(byte[] bytes, int from, Charset charset) {
    try {
      var text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
              .toString();
      return new Decoded(charset, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Mean over the characters: 1 for kana, less for what every encoding could give, -1 for junk. */
  private static double score(String text) {
    int n = Math.min(text.length(), SCORED_CHARS);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += score(text.charAt(i));
    }
    return n == 0 ? 0 : sum / n;
  }

  private static double score(char c) {
    if (c >= 0x3041 && c <= 0x30FE || c >= 0x3001 && c <= 0x3011) {
      return 1;
    }
    if (c >= 0x20 && c < 0x7F || c == '\n' || c == '\r' || c == '\t') {
      return 0.2;
    }
    if (c >= 0x4E00 && c <= 0x9FFF || c >= 0xFF01 && c <= 0xFF5E || c == 0x3000) {
      return 0.2;
    }
    // Half-width katakana are what EUC-JP and UTF-8 bytes look like under Shift_JIS.
    boolean junk =
        c >= 0xFF61 && c <= 0xFF9F || c >= 0xE000 && c <= 0xF8FF || c < 0x20 || c == 0x7F;
    return junk || c >= 0x80 && c < 0xA0 || !Character.isDefined(c) ? -1 : -0.1;
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** What can be told from the bytes alone. */
  private record Traits(boolean nul, boolean sevenBit, boolean escape) {
    static Traits of(byte[] bytes) {
      boolean nul = false;
      boolean sevenBit = true;
      boolean escape = false;
      for (byte b : bytes) {
        nul |= b == 0;
        sevenBit &= b >= 0;
        escape |= b == 0x1B;
      }
      return new Traits(nul, sevenBit, escape);
    }
  }
}
