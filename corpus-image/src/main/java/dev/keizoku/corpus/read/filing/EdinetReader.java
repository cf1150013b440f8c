package dev.keizoku.corpus.read.filing;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.markup.HtmlText;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Filings of EDINET: each page of the body (iXBRL or plain HTML) is a document, and an XBRL
 * instance is one made of its text blocks. Cover pages and audit reports are left out; the page on
 * officers and shareholders (0104...) is dropped as personal data, and so are such blocks
 * elsewhere.
 */
public final class EdinetReader implements FormatReader {
  private static final Pattern PAGE = Pattern.compile("^(\\d{7})_.*\\.x?html?$");
  private static final String COVER = "0000000";
  private static final String COMPANY_PAGE = "0104";

  /** Names, careers and birth dates of persons. */
  private static final Pattern PERSONAL =
      Pattern.compile("Officers|MajorShareholders|ExplanationAboutCorporateGovernance");

  private static final Pattern SKIPPED_BLOCK = Pattern.compile("CoverPage|" + PERSONAL.pattern());

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    if (file.location().contains("AuditDoc/")) {
      return;
    }
    var bytes = file.bytes();
    if (file.name().endsWith(".xbrl")) {
      documents.accept(() -> instance(file, TextDecoder.decode(bytes, options.encoding())));
      return;
    }
    var page = PAGE.matcher(file.name());
    if (page.matches() && page.group(1).equals(COVER)) {
      return;
    }
    boolean company = page.matches() && page.group(1).startsWith(COMPANY_PAGE);
    documents.accept(
        () ->
            company
                ? Document.rejected(file.location(), "", "personalData")
                : page(file, TextDecoder.decode(bytes, options.encoding())));
  }

  private static Document page(RawFile file, String html) throws UnreadableFileException {
    var body = Jsoup.parse(html).body();
    if (body.childrenSize() == 0) {
      throw new UnreadableFileException(RejectReason.WRONG_FORMAT, "it is not an iXBRL page");
    }
    for (var element : body.select("ix|nonNumeric, ix|header")) {
      if (element.normalName().equals("ix:header")
          || PERSONAL.matcher(element.attr("name")).find()) {
        element.remove();
      }
    }
    return Document.of(file.location(), heading(body, file.stem()), HtmlText.of(body));
  }

  private static String heading(Element body, String otherwise) {
    var heading = body.selectFirst("h1, h2, h3");
    return heading == null ? otherwise : heading.text().replace('\u00a0', ' ').strip();
  }

  private static Document instance(RawFile file, String xml) throws UnreadableFileException {
    var root = Jsoup.parse(xml, Parser.xmlParser());
    var blocks = new ArrayList<String>();
    for (var element : root.getAllElements()) {
      var name = element.tagName();
      if (name.endsWith("TextBlock") && !SKIPPED_BLOCK.matcher(name).find()) {
        // The block is HTML as text: escaped once for XML and, in older filings, once before.
        var html = element.wholeText();
        html = html.contains("&lt;") ? Parser.unescapeEntities(html, false) : html;
        blocks.add(HtmlText.of(Jsoup.parse(html).body()));
      }
    }
    if (blocks.isEmpty()) {
      throw new UnreadableFileException(
          RejectReason.NO_TEXT, "it is not an XBRL instance with text blocks");
    }
    var company = root.selectFirst("*|FilerNameInJapaneseDEI");
    var title = company == null ? file.stem() : company.text().strip();
    return Document.of(file.location(), title, withoutNested(blocks));
  }

  /** A note is tagged once by itself and once within the statement that it belongs to. */
  private static String withoutNested(Iterable<String> blocks) {
    var text = new StringBuilder();
    for (var block : blocks) {
      if (text.indexOf(block) < 0) {
        text.append(block).append('\n');
      }
    }
    return text.toString();
  }
}
