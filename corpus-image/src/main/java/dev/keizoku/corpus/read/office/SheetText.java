package dev.keizoku.corpus.read.office;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The sheets of an Excel workbook that are shown, each below its name: cells as Excel shows them,
 * without the readings that it keeps for sorting. Sheets are read as they come, so that one of a
 * million rows needs no tree in memory.
 */
final class SheetText {
  private SheetText() {}

  static String of(OPCPackage parts) throws IOException, OpenXML4JException {
    try {
      var reader = new XSSFReader(parts);
      var styles = reader.getStylesTable();
      CellFormats.register(styles);
      var strings = new ReadOnlySharedStringsTable(parts, false);
      var book = Book.of(reader);
      var formats = new CellFormats(book.since1904);
      var out = new StringBuilder();
      var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
      while (sheets.hasNext()) {
        try (var sheet = sheets.next()) {
          if (!book.hidden.contains(sheets.getSheetName())) {
            var rows = new SheetRows(PackageLimits.MOST_CHARACTERS - out.length());
            var xml = XMLHelper.newXMLReader();
            xml.setContentHandler(
                new XSSFSheetXMLHandler(styles, null, strings, rows, formats, false));
            xml.parse(new InputSource(sheet));
            rows.appendTo(out, sheets.getSheetName());
          }
        }
      }
      return out.toString();
    } catch (SAXException | ParserConfigurationException | XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * What a workbook says of itself.
   *
   * @param since1904 whether its days are counted as the first Macs counted them
   * @param hidden names of sheets
   */
  private record Book(boolean since1904, Set<String> hidden) {
    static Book of(XSSFReader reader) throws IOException, OpenXML4JException, XMLStreamException {
      boolean since1904 = false;
      var hidden = new HashSet<String>();
      try (var in = reader.getWorkbookData()) {
        var xml = XMLHelper.newXMLInputFactory().createXMLStreamReader(in);
        while (xml.hasNext()) {
          if (xml.next() == XMLStreamConstants.START_ELEMENT) {
            if (xml.getLocalName().equals("workbookPr")) {
              var said = xml.getAttributeValue(null, "date1904");
              since1904 = "1".equals(said) || "true".equals(said);
            } else if (xml.getLocalName().equals("sheet")
                && xml.getAttributeValue(null, "state") != null
                && !xml.getAttributeValue(null, "state").equals("visible")) {
              hidden.add(xml.getAttributeValue(null, "name"));
            }
          }
        }
      }
      return new Book(since1904, hidden);
    }
  }
}
