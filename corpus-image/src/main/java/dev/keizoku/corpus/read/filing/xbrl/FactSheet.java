package dev.keizoku.corpus.read.filing.xbrl;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The table of facts that EDINET makes of an instance (type 5 of its API): a row an element, its
 * Japanese name, what it is about and its value; blocks of text without their markup.
 */
public final class FactSheet {
  private static final CsvMapper TSV =
      CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
  private static final CsvSchema SCHEMA =
      CsvSchema.emptySchema().withHeader().withColumnSeparator('\t');

  /** What stands for nothing. */
  private static final String NIL = "－";

  private final List<Row> rows = new ArrayList<>();
  private final Set<String> individuals = new HashSet<>();

  private record Row(Map<String, String> cells) {
    String element() {
      return Fact.localName(cell("要素ID"));
    }

    String cell(String column) {
      return cells.getOrDefault(column, "").strip();
    }

    String unit() {
      return cell("単位").replace(NIL, "");
    }

    /** The element's name in Japanese. */
    String label() {
      return cell("項目名").replace("[テキストブロック]", "").strip();
    }
  }

  /**
   * The rows of a table with its heading.
   *
   * @throws IOException when it is no such table
   */
  public FactSheet(String tsv) throws IOException {
    try (var read =
        TSV.readerForMapOf(String.class).with(SCHEMA).<Map<String, String>>readValues(tsv)) {
      while (read.hasNextValue()) {
        add(new Row(read.nextValue()));
      }
    }
  }

  private void add(Row row) {
    var value = row.cell("値");
    if (row.element().isEmpty() || value.isEmpty() || value.equals(NIL)) {
      return;
    }
    rows.add(row);
    if (Fact.isIndividual(row.element(), value)) {
      individuals.add(row.cell("コンテキストID"));
    }
  }

  /** Whether it states anything. */
  public boolean hasFacts() {
    return !rows.isEmpty();
  }

  /** The first value of each element that is no block, by name without prefix. */
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    for (var row : rows) {
      if (!Fact.isBlock(row.element())) {
        facts.putIfAbsent(row.element(), row.cell("値"));
      }
    }
    return facts;
  }

  /** Gives the names of officers on. */
  public void addNames(OfficerNames names) {
    rows.stream()
        .filter(row -> OfficerNames.isName(row.element()))
        .forEach(row -> names.addName(row.cell("値")));
  }

  /** The names without prefix of its blocks of text. */
  public Set<String> blocks() {
    var names = new HashSet<String>();
    rows.stream().map(Row::element).filter(Fact::isBlock).forEach(names::add);
    return names;
  }

  /** Its blocks of text, each once, and its single facts as a table; without what drops tells. */
  public String text(Predicate<Fact> drops) {
    var blocks = new ArrayList<String>();
    var table = new StringBuilder("項目\t相対年度\t連結・個別\t値\n");
    int heading = table.length();
    for (var row : rows) {
      var fact = new Fact(row.element(), individuals.contains(row.cell("コンテキストID")));
      if (FactTables.isAboutFiling(fact.name()) || drops.test(fact)) {
        continue;
      }
      if (Fact.isBlock(fact.name())) {
        blocks.add(row.cell("値"));
      } else if (!fact.name().contains("CoverPage")) {
        table.append(row.label()).append('\t').append(row.cell("相対年度"));
        table.append('\t').append(row.cell("連結・個別")).append('\t');
        table.append(row.cell("値")).append(row.unit()).append('\n');
      }
    }
    var text = Instance.withoutNested(blocks);
    return table.length() > heading ? text + table : text;
  }
}
