package dev.keizoku.corpus.read.filing;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the name of a file says of its filing. Source: EDINET's and TDnet's specifications of file
 * names.
 *
 * @param form of the taxonomy, for instance {@code jpcrp030000}; {@code tse} on TDnet
 * @param report short name of the kind, for instance {@code asr} (annual), {@code q1r}, {@code esr}
 * @param filer EDINET or fund code, or the securities code on TDnet
 * @param period last day of the period, {@code yyyy-mm-dd}; empty when the name has none
 * @param submission which submission of this report it is, from 1; later ones amend it
 * @param submitted day of submission, {@code yyyy-mm-dd}
 */
record FilingName(
    String form, String report, String filer, String period, int submission, String submitted) {

  /** Names of 2008 to 2013 have hyphens throughout and no number of the report. */
  private static final Pattern EDINET =
      Pattern.compile(
          "^(?:\\d{7}_(?:honbun|header)_)?([a-z]+\\d*)-([a-z0-9]+)(?:-[a-z]+)?(?:-\\d{3})?"
              + "[_-]([A-Z]\\d{5}-\\d{3})[_-](\\d{4}-\\d{2}-\\d{2})[_-](\\d{2})[_-]"
              + "(\\d{4}-\\d{2}-\\d{2})");

  private static final Pattern TDNET =
      Pattern.compile(
          "^(?:\\d{7}-[a-z0-9]+-)?(?:tse|tdnet)-([a-z]+)-([0-9A-Z]{4,5})-"
              + "(?:(\\d{4}-\\d{2}-\\d{2})-(\\d{2})-(\\d{4}-\\d{2}-\\d{2})"
              + "|(\\d{4})(\\d{2})(\\d{2})\\d*)");

  /** Summary and statements of one earnings report are two files. */
  private static final Pattern TDNET_PART = Pattern.compile("(?<=..)(?:sm|fr)$");

  /** The name of a file without its folders; empty for one that names no filing. */
  static Optional<FilingName> of(String file) {
    var edinet = EDINET.matcher(file);
    if (edinet.find()) {
      return Optional.of(
          new FilingName(
              edinet.group(1),
              edinet.group(2),
              edinet.group(3),
              edinet.group(4),
              Integer.parseInt(edinet.group(5)),
              edinet.group(6)));
    }
    var tdnet = TDNET.matcher(file);
    if (!tdnet.find()) {
      return Optional.empty();
    }
    boolean dated = tdnet.group(3) != null;
    var submitted =
        dated ? tdnet.group(5) : tdnet.group(6) + "-" + tdnet.group(7) + "-" + tdnet.group(8);
    return Optional.of(
        new FilingName(
            "tse",
            TDNET_PART.matcher(tdnet.group(1)).replaceFirst(""),
            tdnet.group(2),
            dated ? tdnet.group(3) : "",
            dated ? Integer.parseInt(tdnet.group(4)) : 1,
            submitted));
  }

  /** Whether it is on TDnet. */
  boolean isTdnet() {
    return form.equals("tse");
  }

  /** Shared by all files of one submission, whatever taxonomy each of them is in. */
  String identity() {
    return isTdnet()
        ? "tdnet:" + filer + ":" + report + ":" + submitted
        : family() + ":" + submission + ":" + submitted;
  }

  /** Shared by a filing and those that amend it. */
  String family() {
    return "edinet:" + filer + ":" + report + ":" + period;
  }
}
