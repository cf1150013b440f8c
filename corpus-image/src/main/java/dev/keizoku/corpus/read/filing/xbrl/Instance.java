package dev.keizoku.corpus.read.filing.xbrl;

import dev.keizoku.corpus.read.markup.HtmlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** An XBRL instance: blocks of text, each a page's part in HTML, and single facts. */
public final class Instance {
  private static final String CONTEXT = "contextRef";

  /** A filing has some hundred blocks; each is looked for in each of the others. */
  private static final int MOST_COMPARED = 3000;

  private final Element root;
  private final List<Element> elements = new ArrayList<>();
  private final Set<String> individuals = new HashSet<>();

  /** An instance as it is written. */
  public Instance(String xml) {
    root = Jsoup.parse(xml, "", Parser.xmlParser());
    for (var element : root.getAllElements()) {
      if (element.hasAttr(CONTEXT)) {
        elements.add(element);
        if (Fact.isIndividual(localName(element), element.text())) {
          individuals.add(element.attr(CONTEXT));
        }
      }
    }
  }

  /** Whether it is an instance that states anything. */
  public boolean hasFacts() {
    return !elements.isEmpty();
  }

  /** The first text of each element that is no block, by name without prefix. */
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    for (var element : elements) {
      var text = Fact.isBlock(localName(element)) ? "" : element.text().strip();
      if (!text.isEmpty()) {
        facts.putIfAbsent(localName(element), text);
      }
    }
    return facts;
  }

  /** The names without prefix of its blocks of text. */
  public Set<String> blocks() {
    var names = new HashSet<String>();
    elements.stream().map(Instance::localName).filter(Fact::isBlock).forEach(names::add);
    return names;
  }

  /**
   * The text of its blocks, each once.
   *
   * @param drops tells by name without prefix and by whether the context is that of a person
   * @return empty when there are no blocks but those
   */
  public String text(Predicate<Fact> drops) {
    var texts = new ArrayList<String>();
    for (var element : elements) {
      var name = localName(element);
      if (Fact.isBlock(name) && !name.contains("CoverPage") && !drops.test(fact(element))) {
        // The block is HTML as text: escaped once for XML and, in older filings, once before.
        var html = element.wholeText();
        html = html.contains("&lt;") ? Parser.unescapeEntities(html, false) : html;
        texts.add(HtmlText.of(Jsoup.parse(html).body()));
      }
    }
    return withoutNested(texts);
  }

  /** The facts that are no blocks, as tables. */
  public String statements(Predicate<Fact> drops, Labels labels) {
    var tables = new FactTables(labels);
    for (var context : root.getAllElements()) {
      if (localName(context).equals("context")) {
        tables.context(FactTables.Context.of(context));
      }
    }
    for (var element : elements) {
      var name = localName(element);
      if (!Fact.isBlock(name) && !FactTables.isAboutFiling(name) && !drops.test(fact(element))) {
        tables.add(name, element.attr(CONTEXT), element.attr("unitRef"), element.text().strip());
      }
    }
    return tables.text();
  }

  private Fact fact(Element element) {
    return new Fact(localName(element), individuals.contains(element.attr(CONTEXT)));
  }

  /** A note is tagged once by itself and once within the statement that it belongs to. */
  static String withoutNested(List<String> texts) {
    var kept = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).isBlank() && !standsElsewhere(texts, i)) {
        kept.append(texts.get(i));
        if (!texts.get(i).endsWith("\n")) {
          kept.append('\n');
        }
      }
    }
    return kept.toString();
  }

  private static boolean standsElsewhere(List<String> texts, int which) {
    if (texts.size() > MOST_COMPARED) {
      return false;
    }
    var text = texts.get(which);
    for (int i = 0; i < texts.size(); i++) {
      boolean larger = texts.get(i).length() > text.length();
      boolean earlier = i < which && texts.get(i).length() == text.length();
      if ((larger || earlier) && texts.get(i).contains(text)) {
        return true;
      }
    }
    return false;
  }

  static String localName(Element element) {
    return Fact.localName(element.tagName());
  }
}
