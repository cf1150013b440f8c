package dev.keizoku.corpus.read.office;

import java.time.LocalDateTime;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;

/**
 * Shows numbers and dates as a Japanese Excel does: with its own formats, which a file names by
 * number only, and with the years of eras.
 *
 * <p>Source: ECMA-376 part 1, 18.8.30 (numFmt), the table of ja-jp.
 */
final class CellFormats extends DataFormatter {
  private static final String ERA = "[$-411]ge.m.d";
  private static final String LONG_ERA = "[$-411]ggge\"年\"m\"月\"d\"日\"";
  private static final String YEAR_MONTH = "yyyy\"年\"m\"月\"";
  private static final String MONTH_DAY = "m\"月\"d\"日\"";
  private static final Map<Integer, String> JAPANESE = japanese();

  /** Codes of a day; what stands in quotes is none. */
  private static final Pattern CODE =
      Pattern.compile(
          "\"([^\"]*)\"|\\\\(.)|\\[[^]]*]|([gG]{1,3})|([eE]{1,2})|(AM/PM|[yY]+|[mM]+|[dD]+|[aA]+|[hH]+|[sS]+)|_.|\\*.|(.)",
          Pattern.DOTALL);

  /** Where a number is shown by the thousand, million or more. */
  private static final Pattern THOUSANDS = Pattern.compile("(?<=[0#?])(,+)(?![0#?,])");

  /** Hours beyond a day. */
  private static final Pattern DURATION = Pattern.compile("(?i)\\[(?:h+|m+|s+)]");

  private static final Pattern SECONDS_NEXT = Pattern.compile("(?i)(?:\"[^\"]*\"|[^a-z\"])*s");

  private static final String LITERAL = "\"[^\"]*\"|\\\\.|\\[[^]]*]";

  private final boolean since1904;

  /** By format, since a sheet has a million numbers and few formats. */
  private final Map<String, Boolean> moments = new HashMap<>();

  CellFormats(boolean since1904) {
    super(Locale.JAPAN);
    this.since1904 = since1904;
  }

  private static Map<Integer, String> japanese() {
    var formats = new TreeMap<Integer, String>();
    formats.put(14, "yyyy/m/d");
    formats.put(22, "yyyy/m/d h:mm");
    formats.put(27, ERA);
    formats.put(28, LONG_ERA);
    formats.put(29, LONG_ERA);
    formats.put(30, "m/d/yy");
    formats.put(31, "yyyy\"年\"m\"月\"d\"日\"");
    formats.put(32, "h\"時\"mm\"分\"");
    formats.put(33, "h\"時\"mm\"分\"ss\"秒\"");
    formats.put(34, YEAR_MONTH);
    formats.put(35, MONTH_DAY);
    formats.put(36, ERA);
    formats.put(50, ERA);
    formats.put(51, LONG_ERA);
    formats.put(52, YEAR_MONTH);
    formats.put(53, MONTH_DAY);
    formats.put(54, LONG_ERA);
    formats.put(55, YEAR_MONTH);
    formats.put(56, MONTH_DAY);
    formats.put(57, ERA);
    formats.put(58, LONG_ERA);
    return formats;
  }

  /** The format of a number; what the file itself says where it says something. */
  static String japanese(int index, String said) {
    return JAPANESE.getOrDefault(index, said);
  }

  /** Tells a workbook's styles the formats that it names by number only. */
  static void register(StylesTable styles) {
    JAPANESE.forEach(
        (index, format) -> {
          if (styles.getNumberFormatAt(index.shortValue()) == null) {
            styles.putNumberFormat(index.shortValue(), format);
          }
        });
  }

  @Override
  public String formatRawCellContents(double value, int index, String format) {
    var told = format == null ? "General" : format.split(";")[0];
    if (moments.computeIfAbsent(told, CellFormats::isMoment) && DateUtil.isValidExcelDate(value)) {
      return moment(DateUtil.getLocalDateTime(value, since1904, true), told);
    }
    var whole = format == null ? "General" : format;
    var thousands = THOUSANDS.matcher(told);
    int scale = thousands.find() ? thousands.group().length() : 0;
    return formatRawCellContents(
        value / Math.pow(1000, scale),
        index,
        scale == 0 ? whole : THOUSANDS.matcher(whole).replaceAll(""),
        since1904);
  }

  /** Whether a format has codes of days and times, and none of durations, amounts or texts. */
  private static boolean isMoment(String format) {
    var codes = format.replaceAll(LITERAL, "");
    return !codes.equalsIgnoreCase("General")
        && codes.matches("(?s).*[gGeEyYmMdDhH].*")
        && !codes.matches("(?s).*[0#?@].*")
        && !DURATION.matcher(format).find();
  }

  private static String moment(LocalDateTime moment, String format) {
    var date = JapaneseDate.from(moment);
    int year = date.get(ChronoField.YEAR_OF_ERA);
    boolean halves = format.contains("AM/PM");
    var before = "";
    var shown = new StringBuilder();
    for (var code : CODE.matcher(format).results().toList()) {
      var literal = Stream.of(1, 2, 6).map(code::group).filter(Objects::nonNull).findFirst();
      literal.ifPresent(shown::append);
      if (code.group(3) != null) {
        shown.append(era(date.getEra(), code.group(3).length()));
      } else if (code.group(4) != null) {
        shown.append((code.group(4).length() == 2 ? "%02d" : "%d").formatted(year));
      } else if (code.group(5) != null) {
        boolean seconds = SECONDS_NEXT.matcher(format.substring(code.end())).lookingAt();
        boolean minutes = before.startsWith("h") || seconds;
        before = code.group(5).toLowerCase(Locale.ROOT);
        var pattern = java(before, minutes, halves);
        shown.append(DateTimeFormatter.ofPattern(pattern, Locale.JAPAN).format(moment));
      }
    }
    return shown.toString();
  }

  /**
   * A code as java.time has it: {@code aaa} and {@code ddd} are days of the week, {@code m} are
   * minutes behind hours and before seconds.
   */
  private static String java(String code, boolean minutes, boolean halves) {
    return switch (code.charAt(0)) {
      case 'a' -> code.equals("am/pm") ? "a" : code.length() > 3 ? "EEEE" : "E";
      case 'd' -> code.length() > 3 ? "EEEE" : code.length() > 2 ? "E" : code;
      case 'y' -> code.length() > 2 ? "uuuu" : "uu";
      case 'm' -> minutes ? code : code.replace('m', 'M');
      case 'h' -> halves ? code : code.replace('h', 'H');
      default -> code;
    };
  }

  private static String era(JapaneseEra era, int length) {
    var name = era.getDisplayName(TextStyle.FULL, Locale.JAPAN);
    return switch (length) {
      case 1 -> era.getDisplayName(TextStyle.NARROW, Locale.ENGLISH);
      case 2 -> name.substring(0, 1);
      default -> name;
    };
  }
}
