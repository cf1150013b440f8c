package dev.keizoku.corpus.read.office;

import dev.keizoku.corpus.read.markup.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.hwpf.usermodel.Table;
import org.apache.poi.hwpf.usermodel.TableCell;
import org.apache.poi.hwpf.usermodel.TableRow;

/**
 * The text of a Word document of 1997 to 2003, as {@link WordText} gives the others: headings as
 * Markdown has them, tables as rows with a tab a column, notes behind all. What is hidden or
 * deleted is left out. [NOT IMPLEMENTED] the numbers that Word gives to lists, text boxes.
 */
final class OldWordText {
  private static final int LEVELS = 6;

  /** Edges of cells that are nearer than this are one, in twentieths of a point. */
  private static final int SAME_EDGE = 20;

  /**
   * Marks of pictures, notes and drawings, and hyphens that are shown only at the end of a line.
   */
  private static final Pattern MARKS = Pattern.compile("[\\x00-\\x08\\x0e-\\x1d\\x1f]");

  private static final Pattern BREAKS = Pattern.compile("[\\x0b\\x0c\\r]");

  private final StringBuilder out = new StringBuilder();

  private OldWordText() {}

  static String of(HWPFDocument document) {
    var text = new OldWordText();
    text.add(document.getRange());
    text.add(document.getFootnoteRange());
    text.add(document.getEndnoteRange());
    return text.out.toString();
  }

  private void add(Range range) {
    for (int i = 0; i < range.numParagraphs(); ) {
      var paragraph = range.getParagraph(i);
      if (paragraph.isInTable()) {
        var table = range.getTable(paragraph);
        addTable(table);
        i += Math.max(1, table.numParagraphs());
      } else {
        addParagraph(paragraph);
        i++;
      }
    }
  }

  private void addParagraph(Paragraph paragraph) {
    var text = shown(paragraph).strip();
    if (!text.isEmpty()) {
      // The styles of headings have these numbers in every document.
      int style = paragraph.getStyleIndex();
      int heading = style >= 1 && style <= LEVELS ? style : 0;
      out.repeat("#", heading)
          .append(heading > 0 ? " " + text.replaceAll("\\s+", " ") : text)
          .append('\n');
    }
  }

  private static String shown(Range range) {
    var text = new StringBuilder();
    for (int i = 0; i < range.numCharacterRuns(); i++) {
      var run = range.getCharacterRun(i);
      if (!run.isMarkedDeleted() && !run.isVanished()) {
        text.append(run.text());
      }
    }
    // Of a field what it gave, not what it asks for.
    var fields = Range.stripFields(text.toString().replace('\u001e', '-'));
    return MARKS.matcher(BREAKS.matcher(fields).replaceAll("\n")).replaceAll("");
  }

  private void addTable(Table table) {
    var edges = edges(table);
    var columns = new TableColumns();
    var rows = new ArrayList<List<String>>();
    int heads = 0;
    for (int i = 0; i < table.numRows(); i++) {
      var row = table.getRow(i);
      heads += heads == i && row.isTableHeader() ? 1 : 0;
      columns.beginRow();
      rows.add(cells(row, edges, columns));
    }
    var tabs = columns.tabs().iterator();
    for (int i = 0; i < rows.size(); i++) {
      var line = new StringBuilder();
      rows.get(i).forEach(cell -> line.repeat('\t', tabs.next()).append(cell));
      out.append(i > 0 && i == heads ? columns.rule() + "\n" : "");
      out.append(line.toString().isBlank() ? "" : line.toString().stripTrailing() + "\n");
    }
  }

  private static List<String> cells(TableRow row, TreeSet<Integer> edges, TableColumns columns) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < row.numCells(); i++) {
      var cell = row.getCell(i);
      columns.beginCell("" + width(cell, edges), "1");
      boolean continues =
          cell.isMerged() && !cell.isFirstMerged()
              || cell.isVerticallyMerged() && !cell.isFirstVerticallyMerged();
      cells.add(continues ? "" : shown(cell).replaceAll("\\s+", " ").strip());
    }
    return cells;
  }

  /** Where cells of the table begin and end; empty where the table does not say it. */
  private static TreeSet<Integer> edges(Table table) {
    var edges = new TreeSet<Integer>();
    for (int i = 0; i < table.numRows(); i++) {
      var row = table.getRow(i);
      for (int j = 0; j < row.numCells(); j++) {
        var cell = row.getCell(j);
        if (cell.getWidth() <= 0) {
          return new TreeSet<>();
        }
        add(cell.getLeftEdge(), edges);
        add(cell.getLeftEdge() + cell.getWidth(), edges);
      }
    }
    return edges;
  }

  private static void add(int edge, TreeSet<Integer> edges) {
    if (edges.subSet(edge - SAME_EDGE, true, edge + SAME_EDGE, true).isEmpty()) {
      edges.add(edge);
    }
  }

  /** How many columns a cell spans. */
  private static int width(TableCell cell, TreeSet<Integer> edges) {
    int left = cell.getLeftEdge() + SAME_EDGE;
    int right = cell.getLeftEdge() + cell.getWidth() - SAME_EDGE;
    return 1 + (right < left ? 0 : edges.subSet(left, false, right, false).size());
  }
}
