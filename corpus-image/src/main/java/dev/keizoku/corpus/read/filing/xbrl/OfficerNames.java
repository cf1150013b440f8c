package dev.keizoku.corpus.read.filing.xbrl;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * The names of a filing's officers, by the elements that give them and, before there were such, by
 * the column of names in the block on officers; they stand in other parts of the filing, too.
 */
public final class OfficerNames {
  /** What stands for a name that was taken out. */
  public static final String MASK = "〔氏名〕";

  private static final String BLOCK = "InformationAboutOfficersTextBlock";
  private static final String ELEMENT = "NameInformationAbout";
  private static final int SHORTEST = 3;

  /** No filing has so many; one that says so must not slow its reading down. */
  private static final int MOST = 500;

  private static final Pattern NEVER = Pattern.compile("(?!)");
  private static final String COLUMN = "氏名";

  /** Letters of a name in Japanese with the white space that sets them apart on the page. */
  private static final Pattern JAPANESE =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー々ヶ・\\s\u3000\u00a0]+");

  private static final Pattern NOTE = Pattern.compile("[(（*※].*$", Pattern.DOTALL);
  private static final Pattern SPACE = Pattern.compile("[\\s\u3000\u00a0]+");

  private final Set<String> names = new TreeSet<>();

  /** Takes in the names of a page or an instance, as it is written. */
  public void add(String xml) {
    if (!xml.contains(BLOCK) && !xml.contains(ELEMENT)) {
      return;
    }
    var root = Jsoup.parse(xml, "", Parser.xmlParser());
    for (var element : root.getAllElements()) {
      var name = Fact.localName(element.hasAttr("name") ? element.attr("name") : element.tagName());
      if (isName(name)) {
        addName(element.text());
      } else if (name.equals(BLOCK)) {
        var escaped = element.childrenSize() == 0;
        addColumn(escaped ? Jsoup.parse(unescaped(element)).body() : element);
      }
    }
  }

  private static String unescaped(Element block) {
    var html = block.wholeText();
    return html.contains("&lt;") ? Parser.unescapeEntities(html, false) : html;
  }

  private void addColumn(Element block) {
    for (var table : block.select("table")) {
      int column = -1;
      for (var row : table.select("tr")) {
        var cells = new ArrayList<String>();
        row.select("> td, > th").forEach(cell -> cells.add(cell.text().strip()));
        int here =
            cells.stream().map(c -> c.replaceAll("[\\s\u3000\u00a0]", "")).toList().indexOf(COLUMN);
        column = here >= 0 ? here : column;
        if (here < 0 && column >= 0 && column < cells.size()) {
          addNameLike(cells.get(column));
        }
      }
    }
  }

  /** A cell of the column of names: what is no name there has no space between. */
  private void addNameLike(String written) {
    var name = NOTE.matcher(written).replaceFirst("").strip();
    if (JAPANESE.matcher(name).matches() && SPACE.matcher(name).find()) {
      addName(name);
    }
  }

  /** Takes in a name that an element gives. */
  public void addName(String written) {
    var name = NOTE.matcher(written).replaceFirst("").strip();
    boolean japanese = JAPANESE.matcher(name).matches();
    var parts = japanese ? SPACE.matcher(name).replaceAll("").split("") : SPACE.split(name);
    boolean isLong = parts.length >= (japanese ? SHORTEST : 1) && name.length() >= SHORTEST;
    if (isLong && names.size() < MOST) {
      names.add(
          Stream.of(parts)
              .map(Pattern::quote)
              .collect(Collectors.joining("[ \u3000\u00a0]" + (japanese ? "*" : "+"))));
    }
  }

  /** What finds any of the names in a text. */
  public Pattern pattern() {
    return names.isEmpty() ? NEVER : Pattern.compile(String.join("|", names));
  }

  /** A text with a mark in place of each of the names that {@code pattern} finds. */
  public static String mask(String text, Pattern pattern) {
    return pattern.matcher(text).replaceAll(MASK);
  }

  /** Whether an element gives the name of an officer. */
  static boolean isName(String element) {
    return element.startsWith(ELEMENT);
  }
}
