package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.markup.ShiftedDigits;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * The text of an article in MediaWiki markup, headings as Markdown has them. Templates but for what
 * they show within a sentence, references, files and categories go; links leave their text, tables
 * their rows; headings without text go, and everything from the notes on is cut.
 */
public final class MediaWikiText {
  private static final Pattern REDIRECT =
      Pattern.compile("(?i)^\\s*#\\s*(redirect|転送).*", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("<!--.*?(-->|\\z)", Pattern.DOTALL);
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?is)<ref\\b[^<>]*/>|<(ref|gallery|math|timeline|pre|source|score)\\b[^<>]*>.*?</\\1\\s*>");
  private static final Pattern NOWIKI = Pattern.compile("(?is)<nowiki\\s*>(.*?)</nowiki\\s*>");
  private static final Pattern MARKUP = Pattern.compile("[\\[\\]{}|<'=*#:;!_-]");
  private static final Pattern RAISED = Pattern.compile("(?i)<sup>([^<>]{1,8})</sup>");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,500}>");
  private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>");
  private static final Pattern EXTERNAL =
      Pattern.compile("\\[(?:https?|ftp):?//[^\\s\\]]+\\s*([^\\]\n]*)\\]");
  private static final Pattern QUOTES = Pattern.compile("'{2,5}");
  private static final Pattern MARKER = Pattern.compile("(?m)^[*#:;]+\\s*");
  private static final Pattern MAGIC = Pattern.compile("__[A-Z]+__|-\\{|\\}-");
  private static final Pattern EMPTY_BRACKETS = Pattern.compile("（[、,;\\s]*）|\\([、,;\\s]*\\)");
  private static final Pattern OPENED_BY_COMMA = Pattern.compile("([（(])[、,;]\\s*");
  private static final Pattern END =
      Pattern.compile(
          "(?m)^==\\s*(?:(?:脚[注註]|[注註]釈?|出典|参考(?:文献|資料)?|関連(?:項目|記事|書籍|文献|資料)"
              + "|外部リンク)(?:[・、/／]|と|及び|および|\\s)*)+==(?!=)");
  private static final List<String> NO_TEXT =
      List.of("ファイル:", "file:", "画像:", "image:", "category:", "カテゴリ:");
  private static final Pattern INTERLANGUAGE = Pattern.compile("^[a-z]{2,3}(-[a-z]+)?:.*");

  private MediaWikiText() {}

  /**
   * The text of an article.
   *
   * @return null for a redirect
   */
  public static String plain(String markup) {
    if (REDIRECT.matcher(markup).matches()) {
      return null;
    }
    var text =
        REFERENCE.matcher(withoutMarkup(COMMENT.matcher(markup).replaceAll(""))).replaceAll("");
    text = RAISED.matcher(text).replaceAll(sup -> ShiftedDigits.raised(sup.group(1)));
    var end = END.matcher(text);
    if (end.find()) {
      text = text.substring(0, end.start());
    }
    // Templates first: one may end in "|}}", which would close a table. Bars of links are none of
    // a table's.
    text = nested(text, "{{", "}}", MediaWikiTemplate::shown);
    text = nested(text, "[[", "]]", MediaWikiText::link);
    text = nested(text, "{|", "|}", MediaWikiTable::lines);
    text = EXTERNAL.matcher(text).replaceAll("$1");
    text = TAG.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("");
    text = QUOTES.matcher(MAGIC.matcher(text).replaceAll("")).replaceAll("");
    text = Sections.withText(MARKER.matcher(text).replaceAll(""));
    text = Parser.unescapeEntities(text, false);
    text = OPENED_BY_COMMA.matcher(text).replaceAll("$1");
    return EMPTY_BRACKETS.matcher(text).replaceAll("");
  }

  /** What stands in nowiki is text: its brackets become entities, which are resolved at the end. */
  private static String withoutMarkup(String markup) {
    return NOWIKI
        .matcher(markup)
        .replaceAll(
            nowiki ->
                MARKUP
                    .matcher(nowiki.group(1))
                    .replaceAll(mark -> "&#" + (int) mark.group().charAt(0) + ";"));
  }

  @FunctionalInterface
  private interface Replacement {
    String of(String inside);
  }

  /** Replaces bracketed parts from the inside out, in one pass. */
  private static String nested(String text, String open, String close, Replacement replacement) {
    var levels = new ArrayDeque<StringBuilder>();
    levels.push(new StringBuilder());
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith(open, i)) {
        levels.push(new StringBuilder());
        i += open.length();
      } else if (levels.size() > 1 && text.startsWith(close, i)) {
        var inside = levels.pop().toString();
        levels.peek().append(replacement.of(inside));
        i += close.length();
      } else {
        levels.peek().append(text.charAt(i++));
      }
    }
    // An unclosed bracket must not swallow the rest of the article: only the bracket goes.
    while (levels.size() > 1) {
      var rest = levels.pop();
      levels.peek().append(rest);
    }
    return levels.pop().toString();
  }

  private static String link(String inside) {
    var target = inside.strip().toLowerCase(Locale.ROOT);
    if (NO_TEXT.stream().anyMatch(target::startsWith) || INTERLANGUAGE.matcher(target).matches()) {
      return "";
    }
    var shown = inside.substring(inside.lastIndexOf('|') + 1);
    return shown.startsWith(":") ? shown.substring(1) : shown;
  }
}
