package dev.keizoku.corpus.read.office;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Workbook;

/** Excel workbooks for tests. */
final class SheetSamples {
  private SheetSamples() {}

  /** A sheet that begins in its second column, with an empty column, and a hidden one. */
  static void numbers(Workbook book) {
    var sheet = book.createSheet("決算");
    Object[][] rows = {
      {"科目", "当期", null, "前期"},
      {"売上高", at(1234, "#,##0;△#,##0"), null, at(-567, "#,##0;△#,##0")},
      {"利益率", at(0.125, "0.0%")},
      {"日付", at(45382, 14), null, at(45382, "[$-411]ggge\"年\"m\"月\"d\"日\"")},
      {"基準日", at(45382, "[$-411]ge.m.d"), null, at(45382, "yyyy\"年\"m\"月\"")},
      {},
      {"合計", null, null, at(0, "General")},
      {"コード", "0012", null, true},
      {"金額", at(1000, "\"¥\"#,##0"), null, at(-1.5, "General")},
    };
    for (int i = 0; i < rows.length; i++) {
      var row = sheet.createRow(i);
      for (int j = 0; j < rows[i].length; j++) {
        if (rows[i][j] != null) {
          fill(row.createCell(j + 1), rows[i][j]);
        }
      }
    }
    // Excel keeps what a formula gave, and so does this.
    var sum = sheet.getRow(6).getCell(4);
    sum.setCellFormula("C2+E2");
    book.getCreationHelper().createFormulaEvaluator().evaluateFormulaCell(sum);
    book.createSheet("控え").createRow(0).createCell(0).setCellValue("隠したもの");
    book.setSheetHidden(1, true);
  }

  private record Number(double value, int index, String format) {}

  private static Number at(double value, String format) {
    return new Number(value, -1, format);
  }

  private static Number at(double value, int index) {
    return new Number(value, index, null);
  }

  private static void fill(Cell cell, Object content) {
    switch (content) {
      case Number number -> {
        var book = cell.getSheet().getWorkbook();
        var style = book.createCellStyle();
        style.setDataFormat(
            number.format == null
                ? (short) number.index
                : book.createDataFormat().getFormat(number.format));
        cell.setCellStyle(style);
        cell.setCellValue(number.value);
      }
      case Boolean is -> cell.setCellValue(is);
      default -> cell.setCellValue(content.toString());
    }
  }
}
