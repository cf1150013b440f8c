package dev.keizoku.corpus.read.office;

import dev.keizoku.corpus.read.markup.TableColumns;
import java.util.EnumSet;
import java.util.Set;
import org.apache.poi.sl.usermodel.GroupShape;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.sl.usermodel.Shape;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.sl.usermodel.TableShape;
import org.apache.poi.sl.usermodel.TextShape;

/** The text of slides, in their order: titles as headings, tables as rows with a tab a column. */
final class SlideText {
  private static final Set<Placeholder> TITLES =
      EnumSet.of(Placeholder.TITLE, Placeholder.CENTERED_TITLE);
  private static final Set<Placeholder> FRAME =
      EnumSet.of(
          Placeholder.SLIDE_NUMBER, Placeholder.FOOTER, Placeholder.DATETIME, Placeholder.HEADER);

  private final StringBuilder out = new StringBuilder();

  private SlideText() {}

  static String of(SlideShow<?, ?> show) {
    var text = new SlideText();
    for (var slide : show.getSlides()) {
      if (!slide.isHidden()) {
        text.add(slide.getShapes());
      }
    }
    return text.out.toString();
  }

  private void add(Iterable<? extends Shape<?, ?>> shapes) {
    for (var shape : shapes) {
      switch (shape) {
        case TableShape<?, ?> table -> addTable(table);
        case GroupShape<?, ?> group -> add(group.getShapes());
        case TextShape<?, ?> text -> addText(text);
        default -> {}
      }
    }
  }

  private void addText(TextShape<?, ?> shape) {
    var kind = shape.getPlaceholder();
    var text = shape.getText() == null ? "" : shape.getText().replace('\u000b', '\n').strip();
    if (text.isEmpty() || kind != null && FRAME.contains(kind)) {
      return;
    }
    boolean title = kind != null && TITLES.contains(kind);
    out.append(title ? "# " + text.replaceAll("\\s+", " ") : text).append('\n');
  }

  private void addTable(TableShape<?, ?> table) {
    var columns = new TableColumns();
    var line = new StringBuilder();
    for (int pass = 0; pass < 2; pass++) {
      var tabs = columns.tabs().iterator();
      for (int row = 0; row < table.getNumberOfRows(); row++) {
        columns.beginRow();
        line.setLength(0);
        for (int column = 0; column < table.getNumberOfColumns(); column++) {
          var cell = table.getCell(row, column);
          if (cell != null && !cell.isMerged()) {
            columns.beginCell("" + cell.getGridSpan(), "" + cell.getRowSpan());
            line.repeat('\t', tabs.hasNext() ? tabs.next() : 0);
            line.append(
                cell.getText() == null ? "" : cell.getText().replaceAll("\\s+", " ").strip());
          }
        }
        if (pass == 1 && !line.toString().isBlank()) {
          out.append(line.toString().stripTrailing()).append('\n');
        }
      }
    }
  }
}
