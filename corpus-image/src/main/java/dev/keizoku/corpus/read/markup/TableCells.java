package dev.keizoku.corpus.read.markup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Where the cells of a page's tables stand, and which of their rows begin a body below a head. */
final class TableCells {
  private final Map<Element, Integer> tabsBefore = new IdentityHashMap<>();
  private final Map<Element, String> rules = new IdentityHashMap<>();

  /** Rows with a table in a cell place parts of the page; they are no data. */
  private final Set<Element> layoutRows = Collections.newSetFromMap(new IdentityHashMap<>());

  static TableCells of(Element root) {
    var cells = new TableCells();
    root.select("table").forEach(cells::place);
    for (var inner : root.select("table table")) {
      cells.layoutRows.add(inner.parent().closest("tr"));
    }
    return cells;
  }

  /** Whether a row only lays out. */
  boolean laysOut(Element row) {
    return layoutRows.contains(row);
  }

  /** Tabs before a cell, from the one before or from the begin of its row. */
  int tabsBefore(Element cell) {
    return tabsBefore.getOrDefault(cell, 0);
  }

  /** What stands between the head of a table and this row, its first below; empty for others. */
  String ruleBefore(Element row) {
    return rules.getOrDefault(row, "");
  }

  private void place(Element table) {
    var columns = new TableColumns();
    var cells = new ArrayList<Element>();
    int heads = 0;
    Element body = null;
    for (var group : table.children()) {
      columns.beginGroup();
      for (var row : group.select("> tr")) {
        columns.beginRow();
        // A row without text only sets the widths of columns.
        boolean empty = !written(row);
        for (var cell : empty ? new Elements() : row.select("> td, > th")) {
          columns.beginCell(cell.attr("colspan"), cell.attr("rowspan"), written(cell));
          cells.add(cell);
        }
        if (!empty && body == null) {
          heads += isHead(row) ? 1 : 0;
          body = isHead(row) ? null : row;
        }
      }
    }
    if (heads > 0 && body != null) {
      rules.put(body, columns.rule());
    }
    var tabs = columns.tabs();
    for (int i = 0; i < cells.size(); i++) {
      tabsBefore.put(cells.get(i), tabs.get(i));
    }
  }

  private static boolean written(Element element) {
    return !element.text().replace('\u00a0', ' ').isBlank();
  }

  private static boolean isHead(Element row) {
    return row.parent().normalName().equals("thead")
        || row.select("> td").isEmpty() && row.childrenSize() > 1;
  }
}
