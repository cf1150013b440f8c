package dev.keizoku.corpus.read.filing.xbrl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/**
 * Japanese names of elements: the filing's own by the label linkbase that lies beside its instance,
 * common accounts by the table that comes with this program, any other by the words of its name.
 */
public final class Labels {
  private static final String ROLE = "http://www.xbrl.org/2003/role/label";
  private static final Map<String, String> COMMON = common();

  private final Map<String, String> own = new HashMap<>();

  private static Map<String, String> common() {
    try (var in = Labels.class.getResourceAsStream("accounts.tsv")) {
      var labels = new HashMap<String, String>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(cells -> labels.put(cells[0], cells[1]));
      return Map.copyOf(labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes in a label linkbase. Source: XBRL 2.1, section 5.2.2. */
  public void add(String linkbase) {
    var root = Jsoup.parse(linkbase, "", Parser.xmlParser());
    var elements = new HashMap<String, String>();
    var texts = new HashMap<String, String>();
    for (var element : root.getAllElements()) {
      switch (Instance.localName(element)) {
        case "loc" -> elements.put(element.attr("xlink:label"), name(element.attr("xlink:href")));
        case "label" -> {
          boolean japanese = element.attr("xml:lang").equals("ja");
          if (japanese && element.attr("xlink:role").equals(ROLE)) {
            texts.putIfAbsent(element.attr("xlink:label"), element.text().strip());
          }
        }
        default -> {}
      }
    }
    for (var element : root.getAllElements()) {
      var of = elements.get(element.attr("xlink:from"));
      var text = texts.get(element.attr("xlink:to"));
      if (Instance.localName(element).equals("labelArc") && of != null && text != null) {
        own.putIfAbsent(of, text);
      }
    }
  }

  /** {@code jpfr-t-cte-2011-03-14.xsd#jpfr-t-cte_NetSales} is NetSales. */
  private static String name(String href) {
    var id = href.substring(href.indexOf('#') + 1);
    return id.substring(id.lastIndexOf('_') + 1);
  }

  /** The name of an element that is given without prefix. */
  public String of(String element) {
    var label = own.getOrDefault(element, COMMON.get(element));
    return label == null ? words(element) : label;
  }

  /** {@code NetSales} as {@code Net Sales}. */
  static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
  }
}
