package dev.keizoku.corpus.read.office;

import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;

/** The sheets of an Excel workbook of before 2007, as {@link SheetText} gives the others. */
final class OldSheetText {
  private OldSheetText() {}

  static String of(HSSFWorkbook book) {
    var formats = new CellFormats(book.getInternalWorkbook().isUsing1904DateWindowing());
    var out = new StringBuilder();
    for (int i = 0; i < book.getNumberOfSheets(); i++) {
      if (!book.isSheetHidden(i) && !book.isSheetVeryHidden(i)) {
        var rows = new SheetRows(PackageLimits.MOST_CHARACTERS - out.length());
        for (var row : book.getSheetAt(i)) {
          rows.startRow(row.getRowNum());
          row.forEach(cell -> rows.add(cell.getColumnIndex(), shown(cell, formats)));
          rows.endRow(row.getRowNum());
        }
        rows.appendTo(out, book.getSheetName(i));
      }
    }
    return out.toString();
  }

  private static String shown(Cell cell, CellFormats formats) {
    var type =
        cell.getCellType() == CellType.FORMULA
            ? cell.getCachedFormulaResultType()
            : cell.getCellType();
    if (type == CellType.NUMERIC) {
      int index = cell.getCellStyle().getDataFormat();
      var format = CellFormats.japanese(index, cell.getCellStyle().getDataFormatString());
      return formats.formatRawCellContents(cell.getNumericCellValue(), index, format);
    }
    return switch (type) {
      case STRING -> cell.getStringCellValue();
      case BOOLEAN -> cell.getBooleanCellValue() ? "TRUE" : "FALSE";
      default -> "";
    };
  }
}
