package dev.keizoku.corpus.read.office;

import dev.keizoku.corpus.read.markup.TableColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFSDT;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STMerge;

/**
 * The text of a Word document: headings as Markdown has them, tables as rows with a tab a column,
 * footnotes behind all. What is hidden or deleted is left out.
 */
final class WordText {
  private static final Pattern HEADING = Pattern.compile("(?i)heading ([1-6])");

  /** What POI writes in the place of a note's mark. */
  private static final Pattern NOTE_MARK = Pattern.compile("\\[(?:foot|end)noteRef:\\d+]");

  private final XWPFDocument document;
  private final boolean keepRuby;
  private final ListNumbers numbers = new ListNumbers();
  private final StringBuilder out = new StringBuilder();

  private WordText(XWPFDocument document, boolean keepRuby) {
    this.document = document;
    this.keepRuby = keepRuby;
  }

  static String of(OPCPackage parts, boolean keepRuby) throws IOException {
    try (var document = new XWPFDocument(parts)) {
      var text = new WordText(document, keepRuby);
      text.add(document.getBodyElements());
      document.getFootnotes().forEach(note -> text.add(note.getBodyElements()));
      document.getEndnotes().forEach(note -> text.add(note.getBodyElements()));
      return text.out.toString();
    }
  }

  private void add(List<IBodyElement> elements) {
    for (var element : elements) {
      switch (element) {
        case XWPFParagraph paragraph -> addParagraph(paragraph);
        case XWPFTable table -> addTable(table);
        case XWPFSDT control -> out.append(control.getContent().getText().strip()).append('\n');
        default -> {}
      }
    }
  }

  private void addParagraph(XWPFParagraph paragraph) {
    var text = text(paragraph).strip();
    if (!text.isEmpty()) {
      int heading = heading(paragraph);
      out.repeat("#", heading)
          .append(heading > 0 ? " " : "")
          .append(numbers.of(paragraph))
          .append(heading > 0 ? text.replaceAll("\\s+", " ") : text)
          .append('\n');
    }
  }

  /** Level of the paragraph's heading, 1 to 6; 0 for none. Styles have English names inside. */
  private int heading(XWPFParagraph paragraph) {
    var styles = document.getStyles();
    var style =
        styles == null || paragraph.getStyle() == null
            ? null
            : styles.getStyle(paragraph.getStyle());
    if (style == null || style.getName() == null) {
      return 0;
    }
    var matcher = HEADING.matcher(style.getName());
    return matcher.matches()
        ? Integer.parseInt(matcher.group(1))
        : style.getName().equalsIgnoreCase("title") ? 1 : 0;
  }

  private String text(XWPFParagraph paragraph) {
    var text = new StringBuilder();
    for (var piece : paragraph.getIRuns()) {
      if (piece instanceof XWPFRun run && isShown(run)) {
        text.append(run.text()).append(keepRuby ? reading(run) : "");
        // Of a text box, which stands beside the lines.
        var box = run.getPictureText();
        text.append(box == null || box.isBlank() ? "" : "\n" + box.strip() + "\n");
      } else if (piece instanceof XWPFSDT control) {
        text.append(control.getContent().getText());
      }
    }
    return NOTE_MARK.matcher(text).replaceAll("");
  }

  /** POI writes it behind a run's text, {@code (きんり)}. */
  private static String reading(XWPFRun run) {
    var reading = run.toString().substring(run.text().length()).strip();
    return reading.isEmpty() ? "" : "（" + reading.replaceAll("^\\(|\\)$", "") + "）";
  }

  private static boolean isShown(XWPFRun run) {
    return !run.isVanish() && run.getCTR().sizeOfDelTextArray() == 0;
  }

  private void addTable(XWPFTable table) {
    var columns = new TableColumns();
    var rows = new ArrayList<List<String>>();
    for (var row : table.getRows()) {
      columns.beginRow();
      var cells = new ArrayList<String>();
      for (var cell : row.getTableCells()) {
        columns.beginCell(width(cell), "1");
        cells.add(continues(cell) ? "" : text(cell));
      }
      rows.add(cells);
    }
    var tabs = columns.tabs().iterator();
    int heads = heads(table);
    for (var row : rows) {
      out.append(heads-- == 0 ? columns.rule() + "\n" : "");
      var line = new StringBuilder();
      row.forEach(cell -> line.repeat('\t', tabs.next()).append(cell));
      if (!line.toString().isBlank()) {
        out.append(line.toString().stripTrailing()).append('\n');
      }
    }
  }

  /** Rows that Word repeats on every page of the table; -1 for none. */
  private static int heads(XWPFTable table) {
    int heads = 0;
    while (heads < table.getNumberOfRows() && table.getRow(heads).isRepeatHeader()) {
      heads++;
    }
    return heads == 0 ? -1 : heads;
  }

  private static String width(XWPFTableCell cell) {
    var properties = cell.getCTTc().getTcPr();
    return properties != null && properties.isSetGridSpan()
        ? properties.getGridSpan().getVal().toString()
        : "1";
  }

  /** Whether it is the lower part of a cell over several rows. */
  private static boolean continues(XWPFTableCell cell) {
    var properties = cell.getCTTc().getTcPr();
    return properties != null
        && properties.isSetVMerge()
        && properties.getVMerge().getVal() != STMerge.RESTART;
  }

  /** One line: a table within a cell has no columns of its own there. */
  private String text(XWPFTableCell cell) {
    var inner = new WordText(document, keepRuby);
    inner.add(cell.getBodyElements());
    return inner.out.toString().replaceAll("(?m)^#+ ", "").replaceAll("\\s+", " ").strip();
  }
}
