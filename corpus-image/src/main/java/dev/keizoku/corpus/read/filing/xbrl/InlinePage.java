package dev.keizoku.corpus.read.filing.xbrl;

import dev.keizoku.corpus.read.markup.HtmlText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * A page in iXBRL. It is read as XML: to a reader of HTML an element that is empty ({@code
 * <ix:.../>} or {@code <td/>}) holds all that follows it. Source: Inline XBRL 1.0 and 1.1.
 */
public final class InlinePage {
  private static final String TEXT = "ix|nonNumeric";
  private static final String CONTINUED = "continuedAt";

  private final Element body;
  private final Map<String, Element> continuations = new HashMap<>();

  private InlinePage(Element body) {
    this.body = body;
    for (var part : body.select("ix|continuation")) {
      continuations.put(part.id(), part);
    }
  }

  /** A page; null when it has no body. */
  public static InlinePage of(String xhtml) {
    var body = Jsoup.parse(xhtml, "", Parser.xmlParser()).selectFirst("body");
    return body == null ? null : new InlinePage(body);
  }

  /** Whether a page is in iXBRL at all. */
  public static boolean isInline(String html) {
    return html.contains("/inlineXBRL");
  }

  /** The first text of each element, by name without prefix. */
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    for (var element : body.select(TEXT)) {
      var text = element.text().replace('\u00a0', ' ').strip();
      if (!text.isEmpty()) {
        facts.putIfAbsent(localName(element), text);
      }
    }
    return facts;
  }

  /** The names without prefix of all its blocks of text. */
  public Set<String> blocks() {
    var names = new HashSet<String>();
    for (var element : body.select(TEXT)) {
      if (Fact.isBlock(localName(element))) {
        names.add(localName(element));
      }
    }
    return names;
  }

  /**
   * Takes elements out, with all that they are continued in.
   *
   * @param drops tells by name without prefix and by whether the context is that of a person
   * @param elsewhere ids of such continuations whose element stands on another page of the filing
   * @return how many were taken out
   */
  public int remove(Predicate<Fact> drops, Set<String> elsewhere) {
    var contexts = individuals();
    int removed = 0;
    for (var element : body.select(TEXT)) {
      if (drops.test(new Fact(localName(element), contexts.contains(context(element))))) {
        element.remove();
        removed += 1 + removeChain(element.attr(CONTINUED));
      }
    }
    for (var id : elsewhere) {
      removed += removeChain(id);
    }
    return removed;
  }

  /** Whether it has continuations of what stands on another page. */
  public boolean isContinuedFromElsewhere() {
    var here = new HashSet<>(chain().values());
    body.select(TEXT).forEach(element -> here.add(element.attr(CONTINUED)));
    return !here.containsAll(continuations.keySet());
  }

  private int removeChain(String first) {
    int removed = 0;
    var seen = new HashSet<String>();
    for (var id = first; continuations.containsKey(id) && seen.add(id); removed++) {
      var part = continuations.get(id);
      part.remove();
      id = part.attr(CONTINUED);
    }
    return removed;
  }

  /** Ids of the continuations, on any page, of the elements that {@code drops} tells. */
  public Set<String> continuationsOf(Predicate<Fact> drops) {
    var contexts = individuals();
    var ids = new HashSet<String>();
    for (var element : body.select(TEXT)) {
      if (drops.test(new Fact(localName(element), contexts.contains(context(element))))) {
        ids.add(element.attr(CONTINUED));
      }
    }
    ids.remove("");
    return ids;
  }

  /** From each continuation to the next one. */
  public Map<String, String> chain() {
    var next = new HashMap<String, String>();
    continuations.forEach((id, part) -> next.put(id, part.attr(CONTINUED)));
    next.values().removeIf(String::isEmpty);
    return next;
  }

  /** Contexts of large holders that are no companies. */
  private Set<String> individuals() {
    var contexts = new HashSet<String>();
    for (var element : body.select(TEXT)) {
      if (Fact.isIndividual(localName(element), element.text())) {
        contexts.add(context(element));
      }
    }
    return contexts;
  }

  private static String context(Element element) {
    return element.attr("contextRef");
  }

  /** Whether it has blocks of text left. */
  public boolean hasBlocks() {
    return body.select(TEXT).stream().anyMatch(element -> Fact.isBlock(localName(element)));
  }

  /** The first heading; empty when there is none. */
  public String heading() {
    var heading = body.selectFirst("h1, h2, h3, h4, h5, h6");
    return heading == null ? "" : heading.text().replace('\u00a0', ' ').strip();
  }

  /** Its text. The page is not to be used after that. */
  public String text() {
    body.select("ix|header").remove();
    // The elements of XBRL stand between the parts of a table, too.
    for (var element : body.select("*")) {
      if (element.normalName().startsWith("ix:")) {
        element.unwrap();
      }
    }
    for (var table : body.select("table")) {
      groupRows(table);
    }
    return HtmlText.of(body);
  }

  /** A reader of HTML would put a table's rows in a group. */
  private static void groupRows(Element table) {
    Element group = null;
    for (var child : table.children()) {
      if (!child.normalName().equals("tr")) {
        group = null;
      } else if (group == null) {
        group = new Element("tbody");
        child.before(group);
        group.appendChild(child);
      } else {
        group.appendChild(child);
      }
    }
  }

  private static String localName(Element element) {
    return Fact.localName(element.attr("name"));
  }
}
