package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.markup.ShiftedDigits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a template shows within a sentence. Of the thousands that there are, those known by name
 * show their text, with the name of its language, or their formatted number; any other shows
 * something only when its arguments are numbers and a unit, as those of {@code
 * {{convert|100|km|mi}}} are. Notes, sources, boxes and places on the map show nothing.
 */
final class MediaWikiTemplate {
  private static final Set<String> FIRST_ARGUMENT =
      Set.of(
          "仮リンク",
          "読み仮名",
          "ruby",
          "ルビ",
          "sub",
          "nowrap",
          "nobr",
          "small",
          "smaller",
          "big",
          "larger",
          "bold",
          "太字",
          "strong",
          "em",
          "center",
          "nastaliq");
  private static final Set<String> SECOND_ARGUMENT =
      Set.of("lang", "rtl-lang", "color", "font color", "fontcolor", "fontsize", "sort", "weight");

  /** What stands before the raised argument. */
  private static final Map<String, String> RAISES = Map.of("sup", "", "e", "×10", "10^", "10");

  /**
   * Templates with numbers that no reader sees or that belong to a note, an address or a layout.
   */
  private static final Pattern SHOWS_NOTHING =
      Pattern.compile(
          "0|-|r|rp|refn|refnest|efn.*|ref ?label|note.*|sfn.*|harv.*|cite.*|citation.*|reflist|notelist"
              + "|脚注.*|注釈.*|要.*|coord.*|ウィキ座標.*|座標.*|isbn.*|issn.*|oclc.*|doi|pmid|pmc|arxiv|jstor"
              + "|ncid|ndl.*|pid|naid|id|anchors?|アンカー.*|ntsh|hs|sort ?key|age.*|年数|経過年数"
              + "|.*(?: name| title| id)|youtube|twitter|clear.*|col.*|multicol.*|div col.*|段組.*|toc.*|目次.*"
              + "|旗.*|flag.*|暫定記事名|表示.*|-?(?:start|end)-?|#.*|.*:.*");

  private static final Pattern LANGUAGE =
      Pattern.compile("lang-([a-z]{2,3}(?:-(?!short)[a-z]+)?)(-short)?");

  private static final Pattern NUMBER =
      Pattern.compile(
          "[+\\-−－±△▲~〜～]?(?:US|NZ|[AC])?[$¥￥＄€£]?\\d[\\d.,．，/:eE^×·\\s\\-−–〜～]{0,40}[%％‰]?");
  private static final Pattern UNIT =
      Pattern.compile("[\\p{L}%％‰°℃℉µ][\\p{L}\\d%°/²³⁻·. ]{0,15}|[°%％‰]");
  private static final Map<String, String> BETWEEN =
      Map.ofEntries(
          Map.entry("-", "-"),
          Map.entry("–", "–"),
          Map.entry("〜", "〜"),
          Map.entry("～", "〜"),
          Map.entry("to", "〜"),
          Map.entry("から", "から"),
          Map.entry("と", "と"),
          Map.entry("and", " and "),
          Map.entry("or", " or "),
          Map.entry("by", "×"),
          Map.entry("x", "×"),
          Map.entry("×", "×"),
          Map.entry("±", "±"),
          Map.entry("+/-", "±"));
  private static final Map<String, String> SIGNS =
      Map.of(
          "¥", "¥", "jpy", "¥", "$", "$", "us$", "US$", "usd", "US$", "€", "€", "eur", "€", "£",
          "£", "gbp", "£");
  private static final Set<String> COUNTERS =
      Set.of("円", "ドル", "ユーロ", "ポンド", "ウォン", "元", "%", "パーセント", "人", "年", "月", "日", "km", "kg");
  private static final Pattern DATE = Pattern.compile(".*(?:date|年月日|日付|dts|生年|没年).*");
  private static final Pattern FRACTION = Pattern.compile("frac|sfrac|分数|tfrac");

  /** A bar between arguments, not one within a link. */
  private static final Pattern BAR = Pattern.compile("\\|(?![^\\[\\]]*\\]\\])");

  private static final Pattern NAMED = Pattern.compile("(?s)\\s*([^=\\[<]{1,40}?)\\s*=(.*)");
  private static final Pattern LINK =
      Pattern.compile("\\[\\[(?:[^\\[\\]|]*\\|)?([^\\[\\]|]*)\\]\\]");
  private static final Pattern WHOLE = Pattern.compile("([+\\-−]?)(\\d+)((?:\\.\\d+)?)");
  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)(?=(?:\\d{3})+$)");

  private final String name;
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> named = new HashMap<>();

  private MediaWikiTemplate(String inside) {
    var parts = BAR.split(inside, -1);
    name = parts[0].strip().toLowerCase(Locale.ROOT).replace('_', ' ');
    for (int i = 1; i < parts.length; i++) {
      var key = NAMED.matcher(parts[i]);
      if (!key.matches()) {
        arguments.add(parts[i]);
      } else if (key.group(1).equals(Integer.toString(arguments.size() + 1))) {
        arguments.add(key.group(2));
      } else {
        named.put(key.group(1), key.group(2).strip());
      }
    }
  }

  /**
   * The text that stands for a template.
   *
   * @param inside what stands between its braces, with the templates in it already replaced
   */
  static String shown(String inside) {
    if (inside.strip().regionMatches(true, 0, "formatnum:", 0, 10)) {
      return formatted(BAR.split(inside.strip().substring(10), -1));
    }
    return new MediaWikiTemplate(inside).text();
  }

  private String text() {
    if (name.endsWith("範囲")) {
      // The words that want a source stand in it.
      return arguments.isEmpty() ? "" : arguments.getFirst();
    }
    var language = LANGUAGE.matcher(name);
    if (language.matches()) {
      return arguments.isEmpty() || arguments.getFirst().isBlank()
          ? ""
          : LanguageNames.before(language.group(1), language.group(2) != null)
              + arguments.getFirst();
    }
    if (name.equals("bar box")) {
      return "\n%s\n%s\n"
          .formatted(named.getOrDefault("title", ""), named.getOrDefault("bars", ""));
    }
    if (name.equals("bar percent")) {
      return arguments.size() < 3
          ? ""
          : arguments.getFirst().strip() + " " + arguments.get(2).strip() + "%";
    }
    if (RAISES.containsKey(name)) {
      return arguments.isEmpty()
          ? ""
          : RAISES.get(name) + ShiftedDigits.raised(arguments.getFirst());
    }
    if (FIRST_ARGUMENT.contains(name)) {
      return arguments.isEmpty() ? "" : arguments.getFirst();
    }
    if (SECOND_ARGUMENT.contains(name)) {
      return arguments.size() < 2 ? "" : arguments.get(1);
    }
    return SHOWS_NOTHING.matcher(name).matches() ? "" : numbers();
  }

  private static String formatted(String[] arguments) {
    var number = arguments[0].strip();
    var whole = WHOLE.matcher(number);
    boolean asWritten = arguments.length > 1;
    return asWritten || !whole.matches()
        ? number
        : whole.group(1) + THOUSANDS.matcher(whole.group(2)).replaceAll(",") + whole.group(3);
  }

  private String numbers() {
    var plain = arguments.stream().map(a -> LINK.matcher(a).replaceAll("$1").strip()).toList();
    if (plain.isEmpty() || !NUMBER.matcher(plain.getFirst()).matches() || hasText(plain)) {
      return "";
    }
    if (FRACTION.matcher(name).matches()) {
      return fraction(plain);
    }
    if (DATE.matcher(name).matches()) {
      return date(plain);
    }
    if (name.equals("和暦")) {
      return plain.getFirst() + "年";
    }
    var unit = LINK.matcher(unit()).replaceAll("$1");
    return SIGNS.getOrDefault(name, "") + amount(plain) + (COUNTERS.contains(name) ? name : unit);
  }

  private String unit() {
    for (var key : List.of("u", "ul", "unit", "単位")) {
      if (named.containsKey(key)) {
        return (named.get(key).matches("[%％‰°].*") ? "" : " ") + named.get(key);
      }
    }
    return "";
  }

  private static boolean hasText(List<String> arguments) {
    return !arguments.stream()
        .allMatch(
            a ->
                a.isEmpty()
                    || BETWEEN.containsKey(a)
                    || NUMBER.matcher(a).matches()
                    || UNIT.matcher(a).matches());
  }

  /** The numbers up to and with their first unit: what they are converted to is the same again. */
  private String amount(List<String> arguments) {
    var amount = new StringBuilder(arguments.getFirst());
    boolean joined = false;
    int numbers = 1;
    for (int i = 1; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (BETWEEN.containsKey(argument)) {
        amount.append(BETWEEN.get(argument));
        joined = true;
      } else if (NUMBER.matcher(argument).matches()) {
        amount.append(joined ? "" : name.equals("val") ? tolerance(arguments, ++numbers) : " ");
        amount.append(argument);
        joined = false;
      } else if (!argument.isEmpty()) {
        amount.append(argument.matches("[%％‰°].*") ? "" : " ").append(argument);
        if (!beginsAmount(arguments, i + 1)) {
          return amount.toString();
        }
      }
    }
    return amount + (named.containsKey("e") ? "×10" + ShiftedDigits.raised(named.get("e")) : "");
  }

  /** Five feet and ten inches have two numbers, each with its unit. */
  private static boolean beginsAmount(List<String> arguments, int i) {
    return i + 1 < arguments.size()
        && NUMBER.matcher(arguments.get(i)).matches()
        && UNIT.matcher(arguments.get(i + 1)).matches();
  }

  /** The sign before the second or third number of a measured value. */
  private static String tolerance(List<String> arguments, int number) {
    boolean uneven = arguments.size() > 2 && NUMBER.matcher(arguments.get(2)).matches();
    return !uneven ? "±" : number == 2 ? " +" : " −";
  }

  private static String fraction(List<String> parts) {
    return switch (parts.size()) {
      case 1 -> "1/" + parts.getFirst();
      case 2 -> parts.getFirst() + "/" + parts.get(1);
      default -> parts.getFirst() + " " + parts.get(1) + "/" + parts.get(2);
    };
  }

  /** Year, month and day in this order; of a birth and a death the latter, which is shown first. */
  private String date(List<String> parts) {
    int from = name.startsWith("死亡") && parts.size() >= 6 ? 3 : 0;
    var units = List.of("年", "月", "日");
    var date = new StringBuilder();
    for (int i = from; i < Math.min(parts.size(), from + 3); i++) {
      if (!parts.get(i).matches("\\d{1,4}")) {
        break;
      }
      date.append(parts.get(i)).append(units.get(i - from));
    }
    return date.isEmpty() ? parts.getFirst() : date.toString();
  }
}
