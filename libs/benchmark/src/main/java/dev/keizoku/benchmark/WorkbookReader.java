package dev.keizoku.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * Reads the auditing exam: a sheet {@code data} whose first row names the columns {@code question},
 * the statements, {@code a_no} (the answer, from 1), the choices {@code 1} to {@code 6} and {@code
 * abnormal_flg}. Rows without a question and abnormal ones are left out.
 *
 * <p>An empty choice becomes the text {@code nan}, as in the reference, which reads the sheet with
 * pandas: it is printed and scored, and never right.
 */
final class WorkbookReader {
  private static final String[] STATEMENTS = {"ア", "イ", "ウ", "エ", "オ", "カ"};
  private static final int CHOICES = 6;
  private static final String EMPTY_CHOICE = "nan";

  private WorkbookReader() {}

  static List<Doc> read(String path) {
    var docs = new ArrayList<Doc>();
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(BenchmarkFiles.read(path)));
        Stream<Row> rows = workbook.findSheet("data").orElseThrow().openStream()) {
      var columns = new HashMap<String, Integer>();
      for (var row : (Iterable<Row>) rows::iterator) {
        if (columns.isEmpty()) {
          row.forEach(cell -> columns.put(text(cell), cell.getColumnIndex()));
        } else {
          var doc = doc(docs.size(), row, columns);
          if (doc != null) {
            docs.add(doc);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return docs;
  }

  private static Doc doc(int index, Row row, Map<String, Integer> columns) {
    var question = text(row, columns.get("question"));
    if (question.isEmpty() || text(row, columns.get("abnormal_flg")).equals("1")) {
      return null;
    }
    var statements = new ArrayList<String>();
    for (var letter : STATEMENTS) {
      var statement = text(row, columns.get(letter));
      if (!statement.isEmpty()) {
        statements.add(letter + ": " + statement);
      }
    }
    var choices = new ArrayList<String>();
    for (int i = 1; i <= CHOICES; i++) {
      var choice = text(row, columns.get(Integer.toString(i)));
      choices.add(choice.isEmpty() ? EMPTY_CHOICE : choice);
    }
    var shown = QuestionsReader.withContext(question, String.join("\n", statements));
    var gold = Integer.parseInt(text(row, columns.get("a_no"))) - 1;
    return new Doc(index, Integer.toString(index), Map.of("question", shown), choices, gold);
  }

  private static String text(Row row, int column) {
    return row.getOptionalCell(column).map(WorkbookReader::text).orElse("");
  }

  /** A cell's text, blanks at its ends kept; numbers are whole in this sheet, stored as doubles. */
  private static String text(Cell cell) {
    if (cell == null || cell.getType() == CellType.EMPTY) {
      return "";
    }
    return cell.getType() == CellType.NUMBER
        ? cell.asNumber().toBigInteger().toString()
        : cell.getText();
  }
}
