package dev.keizoku.corpus.read.law;

import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.markup.TableColumns;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A law in the XML of e-Gov's law API: title, articles, supplementary provisions and tables, one
 * line a paragraph or item; without the table of contents and readings.
 *
 * <p>Source: XMLSchemaForJapaneseLaw_v3.xsd.
 */
public final class EgovXmlReader implements FormatReader {
  private static final Set<String> SKIPPED =
      Set.of("TOC", "Rt", "LawNum", "ArticleRange", "RelatedArticleNum", "Fig");
  private static final Set<String> LINES =
      Set.of(
          "LawTitle",
          "EnactStatement",
          "PartTitle",
          "ChapterTitle",
          "SectionTitle",
          "SubsectionTitle",
          "DivisionTitle",
          "ArticleCaption",
          "Paragraph",
          "Item",
          "Subitem1",
          "Subitem2",
          "Subitem3",
          "Subitem4",
          "SupplProvisionLabel",
          "AppdxTableTitle",
          "TableStructTitle",
          "AppdxNoteTitle",
          "AppdxStyleTitle",
          "Remarks");
  private static final Set<String> LABELS = Set.of("ArticleTitle", "ParagraphNum", "ItemTitle");

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(() -> law(file, bytes));
  }

  private static Document law(RawFile file, byte[] xml) throws IOException {
    var root = parse(xml).getDocumentElement();
    var body = root.getElementsByTagName("LawBody").item(0);
    if (body == null) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it has no LawBody of e-Gov's law XML");
    }
    var title = ((Element) body).getElementsByTagName("LawTitle").item(0);
    var text = new StringBuilder();
    append(body, text);
    return Document.of(
        file.location(),
        title == null ? file.stem() : title.getTextContent().strip(),
        text.toString());
  }

  private static org.w3c.dom.Document parse(byte[] xml) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      // No document type, so no external entity and no entity that grows.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (SAXParseException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT,
          "it is not XML: line " + e.getLineNumber() + ": " + e.getMessage(),
          e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it is not XML: " + e.getMessage(), e);
    }
  }

  private static void append(Node node, StringBuilder text) {
    if (node.getNodeType() == Node.TEXT_NODE) {
      text.append(node.getNodeValue().strip());
      return;
    }
    var name = node.getNodeName();
    if (SKIPPED.contains(name)) {
      return;
    }
    if (name.equals("Table")) {
      appendTable((Element) node, text);
      return;
    }
    if (LINES.contains(name)) {
      newLine(text);
    }
    if (name.equals("Column")) {
      separate(text, "　");
    } else if (name.equals("Sentence")
        && node.getParentNode().getNodeName().equals("TableColumn")) {
      // Sentences of a cell are its lines.
      separate(text, " ");
    }
    for (var child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      append(child, text);
    }
    if (LABELS.contains(name)) {
      separate(text, "　");
    } else if (LINES.contains(name)) {
      newLine(text);
    }
  }

  /** A line a row, a tab a column: a cell that is empty or covered by another keeps its place. */
  private static void appendTable(Element table, StringBuilder text) {
    var columns = new TableColumns();
    for (var row : elements(table)) {
      columns.beginRow();
      for (var cell : elements(row)) {
        columns.beginCell(cell.getAttribute("colspan"), cell.getAttribute("rowspan"));
      }
    }
    var tabs = columns.tabs().iterator();
    boolean inHead = false;
    for (var row : elements(table)) {
      newLine(text);
      boolean head = row.getTagName().equals("TableHeaderRow");
      if (inHead && !head) {
        text.append(columns.rule());
        newLine(text);
      }
      inHead = head;
      for (var cell : elements(row)) {
        var inside = new StringBuilder();
        append(cell, inside);
        text.repeat('\t', tabs.next())
            .append(inside.toString().strip().replaceAll("\\s*\\n\\s*", " "));
      }
    }
    newLine(text);
  }

  private static List<Element> elements(Element parent) {
    var elements = new ArrayList<Element>();
    for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static void newLine(StringBuilder text) {
    // An article's number stands before its first paragraph, on the same line.
    boolean afterLabel = !text.isEmpty() && text.charAt(text.length() - 1) == '　';
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n' && !afterLabel) {
      text.append('\n');
    }
  }

  private static void separate(StringBuilder text, String separator) {
    if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.append(separator);
    }
  }
}
