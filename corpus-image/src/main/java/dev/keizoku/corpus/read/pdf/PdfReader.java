package dev.keizoku.corpus.read.pdf;

import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/**
 * A PDF with a text layer: columns one after the other, lines of a paragraph joined, running heads,
 * feet and page numbers removed. [NOT IMPLEMENTED] recognition of scanned pages.
 */
public final class PdfReader implements FormatReader {
  /** What word processors make of a title: their own name and the end of the file's. */
  private static final Pattern OF_PROGRAM =
      Pattern.compile(
          "(?i)^(?:Microsoft (?:Office )?(?:Word|Excel|PowerPoint) - |(?:Microsoft )?Taro\\d{0,4}-)"
              + "|\\.(?:docx?|xlsx?|pptx?|jtdc?|jaw|pdf)$");

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(() -> document(file, bytes, options.keepRuby()));
  }

  private static Document document(RawFile file, byte[] bytes, boolean keepRuby)
      throws IOException {
    try (var pdf = Loader.loadPDF(bytes)) {
      var pages = pages(pdf, keepRuby);
      if (pages.stream().allMatch(List::isEmpty)) {
        throw new UnreadableFileException(
            RejectReason.NO_TEXT, "it has no text layer; scanned pages are not read");
      }
      var info = pdf.getDocumentInformation().getTitle();
      var named = info == null ? "" : OF_PROGRAM.matcher(info.strip()).replaceAll("");
      var title = named.isBlank() ? file.stem() : named.strip();
      return Document.of(file.location(), title, new PdfPages(pages).text());
    } catch (InvalidPasswordException e) {
      throw new UnreadableFileException(
          RejectReason.ENCRYPTED, "it is encrypted; store it without a password", e);
    } catch (UnreadableFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it is not a PDF that can be read: " + e.getMessage(), e);
    }
  }

  private static List<List<PageLine>> pages(PDDocument pdf, boolean keepRuby) throws IOException {
    var glyphs = new PageGlyphs();
    var pages = new ArrayList<List<PageLine>>();
    for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
      pages.add(PageText.lines(glyphs.of(pdf, page), keepRuby));
    }
    return pages;
  }
}
