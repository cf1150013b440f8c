package dev.keizoku.corpus.read.markup;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * What frames a page: menus, headers, footers, small forms, by what elements are and are called.
 */
public final class PageChrome {
  private static final String CHROME =
      "nav, aside, button, select, textarea, body > header, body > footer, [role=navigation],"
          + " [role=banner], [role=contentinfo], [role=search]";
  private static final Pattern CHROME_NAME =
      Pattern.compile(
          "(?i)^(?:[a-z]+[-_])?(?:g?nav|(?:global|local|side)?(?:nav|navi|navigation|menu)"
              + "|header|footer|(?:foot|head)er-?(?:menu|link|nav|author)|side-?bar|bread|"
              + "bread-?crumbs?|topic-?path|page-?top|ptop|search|sns|share|copyright|toc|"
              + "logo|fsize|font-?size|sr-only|visually-hidden|skip-?(?:link|nav))(?:[-_]?(?:area|box|wrap|wrapper|list|unit|inner|body|head))?"
              + "\\d*$");
  private static final Set<String> CHROME_TAGS = Set.of("div", "ul", "ol", "dl", "section", "p");

  /** A part of the page that holds more of its text than this is not its frame. */
  private static final double LARGEST_CHROME = 0.3;

  private PageChrome() {}

  /** Takes menus, headers and footers out of a page. */
  public static void removeFrom(Element body) {
    body.select(HtmlText.INVISIBLE).remove();
    body.select(CHROME).remove();
    int all = body.text().length();
    for (var element : body.getAllElements()) {
      if (element != body
          && (element.normalName().equals("form") || isChromeByName(element))
          && element.text().length() < LARGEST_CHROME * all) {
        element.remove();
      }
    }
  }

  private static boolean isChromeByName(Element element) {
    if (!CHROME_TAGS.contains(element.normalName())) {
      return false;
    }
    return CHROME_NAME.matcher(element.id()).matches()
        || element.classNames().stream().anyMatch(name -> CHROME_NAME.matcher(name).matches());
  }
}
