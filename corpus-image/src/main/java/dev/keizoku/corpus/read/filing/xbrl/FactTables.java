package dev.keizoku.corpus.read.filing.xbrl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Single facts of an instance as tables: one for the group and one for the company, for periods and
 * for days each; a row an account, a column a period. Every figure stands as the instance has it.
 */
final class FactTables {
  private static final Pattern ABOUT_FILING =
      Pattern.compile("DEI$|CoverPage|EntityInformation$|DocumentInformation$");

  private final Labels labels;
  private final Map<String, Context> contexts = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  FactTables(Labels labels) {
    this.labels = labels;
  }

  /** Whether an element says which filing this is, not what is in it. */
  static boolean isAboutFiling(String element) {
    return ABOUT_FILING.matcher(element).find();
  }

  /**
   * Which period and which part of the group a fact is about.
   *
   * @param id as facts name it
   * @param period heading of its column
   * @param end its last day, to order columns
   * @param part heading of its table
   */
  record Context(String id, String period, String end, String part) {
    private static final Pattern MEMBER = Pattern.compile("_([A-Za-z0-9]+)Member");

    /** The context that an element of the instance defines. */
    static Context of(Element element) {
      var id = element.attr("id");
      var instant = child(element, "instant");
      var start = child(element, "startDate");
      var end = instant.isEmpty() ? child(element, "endDate") : instant;
      var period = instant.isEmpty() ? start + "から" + end + "まで" : end + "現在";
      boolean company = id.contains("NonConsolidated");
      var part = new StringBuilder(company ? "個別" : "連結");
      var members = MEMBER.matcher(id);
      while (members.find()) {
        if (!members.group(1).startsWith("NonConsolidated")) {
          part.append(' ').append(Labels.words(members.group(1)));
        }
      }
      return new Context(id, period, end, part + (instant.isEmpty() ? "（期間）" : "（時点）"));
    }

    private static String child(Element context, String name) {
      for (var element : context.getAllElements()) {
        if (Instance.localName(element).equals(name)) {
          return element.text().strip();
        }
      }
      return "";
    }
  }

  private record Column(String end, String period) implements Comparable<Column> {
    private static final Comparator<Column> ORDER =
        Comparator.comparing(Column::end).thenComparing(Column::period);

    @Override
    public int compareTo(Column other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Table {
    private final TreeSet<Column> columns = new TreeSet<>();
    private final Map<String, Map<Column, String>> rows = new LinkedHashMap<>();
  }

  void context(Context context) {
    contexts.put(context.id, context);
  }

  /** Takes a fact in; one without a unit that is no number is a sentence of its own. */
  void add(String element, String contextId, String unit, String value) {
    var context = contexts.get(contextId);
    if (value.isEmpty()) {
      return;
    }
    if (context == null || unit.isEmpty()) {
      sentences.add(labels.of(element) + "\t" + value);
      return;
    }
    var table = tables.computeIfAbsent(context.part, part -> new Table());
    var column = new Column(context.end, context.period);
    table.columns.add(column);
    table
        .rows
        .computeIfAbsent(labels.of(element), row -> new LinkedHashMap<>())
        .putIfAbsent(column, value + unitName(unit));
  }

  private static String unitName(String unit) {
    return switch (unit) {
      case "JPY" -> "円";
      case "shares" -> "株";
      case "JPYPerShares" -> "円";
      default -> "";
    };
  }

  /** All of them, one after the other. */
  String text() {
    var text = new StringBuilder();
    sentences.forEach(sentence -> text.append(sentence).append('\n'));
    tables.forEach(
        (part, table) -> {
          text.append(part);
          table.columns.forEach(column -> text.append('\t').append(column.period));
          text.append('\n');
          table.rows.forEach(
              (label, cells) -> {
                text.append(label);
                table.columns.forEach(
                    column -> text.append('\t').append(cells.getOrDefault(column, "")));
                text.append('\n');
              });
        });
    return text.toString();
  }
}
