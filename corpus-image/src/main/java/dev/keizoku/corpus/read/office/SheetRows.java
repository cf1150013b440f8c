package dev.keizoku.corpus.read.office;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;

/** The rows of one sheet; a column without any text is none, another is kept where it is empty. */
final class SheetRows implements SheetContentsHandler {
  private final long most;
  private final List<Map<Integer, String>> rows = new ArrayList<>();
  private final BitSet columns = new BitSet();
  private Map<Integer, String> row = new TreeMap<>();
  private int last;
  private long characters;

  /**
   * @param most how many characters there may be
   */
  SheetRows(long most) {
    this.most = most;
  }

  @Override
  public void startRow(int number) {
    row = new TreeMap<>();
    last = -1;
  }

  @Override
  public void cell(String reference, String shown, XSSFComment comment) {
    // A file of other makers may leave the place of a cell out: it is the next one.
    int column = reference == null ? last + 1 : new CellReference(reference).getCol();
    add(column, shown == null ? "" : shown);
  }

  void add(int column, String shown) {
    last = column;
    var text = shown.replaceFirst("^ERROR:", "").replaceAll("\\s+", " ").strip();
    if (!text.isEmpty()) {
      row.put(column, text);
      columns.set(column);
      characters += text.length();
      if (characters > most) {
        throw new UncheckedIOException(PackageLimits.tooMuchText());
      }
    }
  }

  @Override
  public void endRow(int number) {
    if (!row.isEmpty()) {
      rows.add(row);
    }
  }

  /** Appends the sheet below its name; nothing for an empty one. */
  void appendTo(StringBuilder out, String name) {
    if (rows.isEmpty()) {
      return;
    }
    out.append("# ").append(name).append('\n');
    for (var cells : rows) {
      int at = 0;
      for (var cell : cells.entrySet()) {
        int column = columns.get(0, cell.getKey()).cardinality();
        out.repeat('\t', column - at).append(cell.getValue());
        at = column;
      }
      out.append('\n');
    }
  }
}
