package dev.keizoku.corpus.clean;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Puts text right whose UTF-8 was read as Latin-1, Windows-1252 or Shift_JIS before it came here.
 * Only where every character goes back to bytes and these are UTF-8 from end to end: text that lost
 * something on the way stays as it is and falls by its own rule.
 */
public final class MojibakeRepair {
  /** What the lead bytes of kana and kanji in UTF-8, E3 to E9, look like. */
  private static final String LATIN = "ãäåæçèé";

  private static final String SHIFT_JIS = "縺繧繝";
  private static final int FEWEST = 3;

  private MojibakeRepair() {}

  /** The text as it was meant, or as it is. */
  public static String repair(String text) {
    if (count(text, LATIN) >= FEWEST) {
      return repaired(text, List.of(StandardCharsets.ISO_8859_1, Charset.forName("windows-1252")));
    }
    return count(text, SHIFT_JIS) < FEWEST
        ? text
        : repaired(text, List.of(Charset.forName("windows-31j")));
  }

  private static int count(String text, String marks) {
    int count = 0;
    for (int i = 0; i < text.length() && count < FEWEST; i++) {
      count += marks.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
    }
    return count;
  }

  private static String repaired(String text, List<Charset> read) {
    return read.stream().flatMap(charset -> meant(text, charset).stream()).findFirst().orElse(text);
  }

  private static Optional<String> meant(String text, Charset read) {
    try {
      ByteBuffer bytes = strict(read, text);
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer strict(Charset charset, String text) throws CharacterCodingException {
    return charset
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .encode(CharBuffer.wrap(text));
  }
}
