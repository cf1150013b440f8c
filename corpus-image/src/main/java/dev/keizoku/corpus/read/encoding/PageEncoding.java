package dev.keizoku.corpus.read.encoding;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes of a web page to text, in the order of browsers: a byte order mark, what the server said,
 * what the page says of itself, then what looks most Japanese. A page may have a few wrong bytes,
 * as where a site cuts its descriptions by bytes; each becomes U+FFFD.
 *
 * <p>Source:
 * https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding. Other
 * than there, server and page are believed only where the bytes agree: a header that lies shows a
 * reader of today a spoilt page, and would teach a model one. Bytes that are strictly UTF-8 are not
 * read as anything else.
 */
public final class PageEncoding {
  private static final int HEAD_BYTES = 4096;
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|$)");
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?i)<(?:meta\\b[^>]{0,500}?\\bcharset|\\?xml\\b[^>]{0,200}?\\bencoding)\\s*=\\s*[\"']?\\s*([\\w.:-]+)");

  /** What servers and editors write without looking; every byte is a character in it. */
  private static final List<Charset> MEANINGLESS =
      List.of(
          StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII, Charset.forName("windows-1252"));

  private static final List<String> USUAL = List.of("utf-8", "shift_jis", "euc-jp");

  /** One character in so many may be wrong. */
  private static final int CHARACTERS_A_FAULT = 100;

  private PageEncoding() {}

  /**
   * Decodes a page that lies in a file.
   *
   * @param encoding IANA name that the source says, or null
   * @throws UnreadableFileException when more than one in a hundred characters is wrong
   */
  public static String decode(byte[] bytes, String encoding) throws UnreadableFileException {
    return decode(bytes, encoding, null);
  }

  /**
   * Decodes a page as a server gave it.
   *
   * @param encoding IANA name that the source says, or null
   * @param served what the server said, which goes before what the page says; or null
   * @throws UnreadableFileException when more than one in a hundred characters is wrong
   */
  public static String decode(byte[] bytes, String encoding, String served)
      throws UnreadableFileException {
    var marked = marked(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    if (encoding != null) {
      var text = withFewFaults(bytes, TextDecoder.charset(encoding));
      return text.isPresent() ? text.get() : TextDecoder.decode(bytes, encoding);
    }
    var detected = TextDecoder.detect(bytes);
    var declared =
        Optional.ofNullable(served).flatMap(PageEncoding::meant).or(() -> declared(bytes));
    if (detected != null && (declared.isEmpty() || isUnicode(detected.charset()))) {
      return detected.text();
    }
    if (declared.isPresent()) {
      var asDeclared = TextDecoder.strict(bytes, 0, declared.get());
      if (asDeclared != null || detected != null) {
        return asDeclared != null ? asDeclared.text() : detected.text();
      }
    }
    var text = declared.flatMap(charset -> withFewFaults(bytes, charset)).or(() -> usual(bytes));
    return text.isPresent() ? text.get() : TextDecoder.decode(bytes, null);
  }

  /** A byte order mark goes before all that is said, also before the source's own word. */
  private static Optional<String> marked(byte[] bytes) {
    var start = HexFormat.of().formatHex(bytes, 0, Math.min(3, bytes.length));
    var charset =
        start.equals("efbbbf")
            ? StandardCharsets.UTF_8
            : start.startsWith("fffe")
                ? StandardCharsets.UTF_16LE
                : start.startsWith("feff") ? StandardCharsets.UTF_16BE : null;
    return Optional.ofNullable(charset).flatMap(known -> withFewFaults(bytes, known));
  }

  private static Optional<String> usual(byte[] bytes) {
    return USUAL.stream()
        .flatMap(name -> withFewFaults(bytes, TextDecoder.charset(name)).stream())
        .findFirst();
  }

  private static boolean isUnicode(Charset charset) {
    return charset.name().startsWith("UTF-");
  }

  private static Optional<Charset> declared(byte[] bytes) {
    var head =
        new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    var matcher = DECLARED.matcher(COMMENT.matcher(head).replaceAll(""));
    // What can be read as ASCII up to here is not of two bytes a character.
    return matcher.find()
        ? meant(matcher.group(1)).map(said -> isUnicode(said) ? StandardCharsets.UTF_8 : said)
        : Optional.empty();
  }

  private static Optional<Charset> meant(String name) {
    return TextDecoder.known(name.strip()).filter(charset -> !MEANINGLESS.contains(charset));
  }

  private static Optional<String> withFewFaults(byte[] bytes, Charset charset) {
    var text = new String(bytes, charset);
    long faults = text.chars().filter(c -> c == 0xFFFD).count();
    return faults * CHARACTERS_A_FAULT <= text.length()
        ? Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text)
        : Optional.empty();
  }
}
