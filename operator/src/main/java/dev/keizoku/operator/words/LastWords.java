package dev.keizoku.operator.words;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a program said last, as a status may show it: bounded, and without what looks like a key.
 * Everybody who may read a resource reads its status; not everybody may read Secrets.
 */
public final class LastWords {
  private static final int LINES = 20;
  private static final int CHARACTERS = 1024;
  private static final String STRUCK = "***";

  private static final Map<Pattern, String> KEYS =
      Map.of(
          Pattern.compile(
              "(?i)([\\w.-]*(?:secret|passw(?:or)?d|api[-_]?key|access[-_]?key|private[-_]?key"
                  + "|(?:session|auth|access|security|hf|bearer)[-_]?token)[\\w.-]*"
                  + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',;&]+"),
          "$1" + STRUCK,
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w+/=.~-]{8,}"),
          "$1" + STRUCK,
          Pattern.compile("(?i)(x-amz-(?:signature|credential|security-token)=)[^\\s&]+"),
          "$1" + STRUCK,
          Pattern.compile("(://[^/:\\s@]+:)[^\\s@]+@"),
          "$1" + STRUCK + "@",
          Pattern.compile(
              "\\b(?:A[KS]IA[0-9A-Z]{16}|hf_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,})\\b"),
          STRUCK);

  private LastWords() {}

  /** The last lines of a log, or a sentence as it is; empty for null. */
  public static String of(String said) {
    if (said == null || said.isBlank()) {
      return "";
    }
    var struck = strike(said.strip());
    var lines = struck.lines().toList();
    var last =
        lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining("\n"));
    return last.length() > CHARACTERS ? last.substring(last.length() - CHARACTERS) : last;
  }

  /** The text without what looks like a key. */
  public static String strike(String text) {
    var struck = text;
    for (var key : KEYS.entrySet()) {
      struck = key.getKey().matcher(struck).replaceAll(key.getValue());
    }
    return struck;
  }
}
