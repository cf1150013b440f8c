package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The lines of a PDF's pages as running text. Running heads, feet and page numbers go; a number
 * goes only when it counts the pages, since totals and columns of amounts stand at page edges too.
 */
final class PdfPages {
  private static final int EDGE_LINES = 2;
  private static final int RUNNING_PAGES = 3;
  private static final char FIRST_JAPANESE = 0x3000;
  private static final String DASHES = "\\-‐‑–―－";

  /** 12, - 12 -, 12 / 34; not -12, which is an amount. */
  private static final Pattern PAGE_NUMBER =
      Pattern.compile(
          "(?:\\p{Nd}{1,4}(?:\\s*[/／%1$s]\\s*\\p{Nd}{1,4})?|[%1$s]\\s*\\p{Nd}{1,4}\\s*[%1$s])"
              .formatted(DASHES));

  /** A number without decimal or thousands marks and without a sign. */
  private static final Pattern COUNT =
      Pattern.compile(
          ("(?<![\\p{Nd}.,．，△▲+＋])(?<!(?:^|[\\s(（])[%1$s]\\s?)\\p{Nd}{1,4}(?!\\p{Nd}|[.,．，]\\p{Nd}|[%%％])"
                  + "|(?<=[%1$s]\\s?)\\p{Nd}{1,4}(?=\\s?[%1$s]$)")
              .formatted(DASHES));

  private static final Pattern LEADERS =
      Pattern.compile("(?:[.．・…‥] ?){4,}\\s*(\\p{Nd}{0,4}|[ivxlc]{1,7})\\s*$");

  /** Pages of a preface, as their numbers stand alone at the edge. */
  private static final Pattern ROMAN = Pattern.compile("[ivxlc]{1,7}");

  /** A heading of a report, {@code （２）【役員の状況】}. */
  private static final Pattern HEADING = Pattern.compile("^[^【】。]{0,12}【[^【】]{1,40}】");

  private final List<List<PageLine>> pages;
  private final Map<String, Integer> pagesWith = new HashMap<>();

  /**
   * Counts what stands at the edges.
   *
   * @param pages the lines of each page, in the order in which they are read
   */
  PdfPages(List<List<PageLine>> pages) {
    this.pages = pages;
    for (int page = 0; page < pages.size(); page++) {
      var keys = new ArrayList<String>();
      var lines = pages.get(page);
      for (int i = 0; i < lines.size(); i++) {
        if (isEdge(i, lines)) {
          keys.add(lines.get(i).text());
          keys.addAll(counting(lines.get(i).text(), page));
        }
      }
      keys.stream().distinct().forEach(key -> pagesWith.merge(key, 1, Integer::sum));
    }
  }

  /** The text, with the lines of a paragraph joined. */
  String text() {
    var out = new StringBuilder();
    boolean joins = false;
    for (int page = 0; page < pages.size(); page++) {
      var lines = pages.get(page);
      for (int i = 0; i < lines.size(); i++) {
        var line = lines.get(i).text();
        if (isEdge(i, lines) && (isPageNumber(line, page) || isRunning(line, page))) {
          continue;
        }
        boolean begins = HEADING.matcher(line).find() || splitsNumbers(out, line);
        out.append(joins && !begins || out.isEmpty() ? "" : "\n");
        out.append(withoutLeader(line));
        joins = lines.get(i).full() && continues(line);
      }
    }
    return out.append('\n').toString();
  }

  private static boolean isEdge(int i, List<PageLine> lines) {
    return i < EDGE_LINES || i >= lines.size() - EDGE_LINES;
  }

  private boolean isPageNumber(String line, int page) {
    if (ROMAN.matcher(line).matches()) {
      return true;
    }
    if (!PAGE_NUMBER.matcher(line).matches()) {
      return false;
    }
    return counting(line, page).stream()
        .anyMatch(key -> pagesWith.get(key) >= 2 || pages.size() == 1 && key.contains("{+1}"));
  }

  /** The same on several pages, or the same but for the page's number. Numbers alone never are. */
  private boolean isRunning(String line, int page) {
    return line.chars().anyMatch(Character::isLetter)
        && (pagesWith.get(line) >= RUNNING_PAGES
            || counting(line, page).stream().anyMatch(key -> pagesWith.get(key) >= RUNNING_PAGES));
  }

  /** The line once for each number in it, with how far that is ahead of the page in its place. */
  private static List<String> counting(String line, int page) {
    var keys = new ArrayList<String>();
    var number = COUNT.matcher(line);
    while (number.find()) {
      int ahead = Integer.parseInt(number.group()) - page;
      keys.add(
          line.substring(0, number.start()) + "{+" + ahead + "}" + line.substring(number.end()));
    }
    return keys;
  }

  /** Leader dots of a table of contents go with their page number, those before an amount alone. */
  private String withoutLeader(String line) {
    var leader = LEADERS.matcher(line);
    if (!leader.find()) {
      return line;
    }
    var number = leader.group(1);
    boolean ofPage =
        number.isEmpty()
            || ROMAN.matcher(number).matches()
            || Integer.parseInt(number) <= pages.size();
    return line.substring(0, leader.start()) + (ofPage ? "" : " " + number);
  }

  /** A line that ends in the middle of a sentence goes on in the next one, without a space. */
  private static boolean continues(String line) {
    char last = line.charAt(line.length() - 1);
    boolean ended = "。．.：:）)】」』".indexOf(last) >= 0;
    return !ended && last >= FIRST_JAPANESE && line.indexOf('\t') < 0;
  }

  /** Two numbers that stand below one another are not one. */
  private static boolean splitsNumbers(StringBuilder before, String line) {
    return !before.isEmpty()
        && Character.isDigit(before.charAt(before.length() - 1))
        && Character.isDigit(line.charAt(0));
  }
}
