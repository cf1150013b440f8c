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
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * A PDF with a text layer: lines of a paragraph joined, running heads, feet and page numbers
 * removed. [NOT IMPLEMENTED] vertical text, recognition of scanned pages.
 */
public final class PdfReader implements FormatReader {
  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(() -> document(file, bytes));
  }

  private static Document document(RawFile file, byte[] bytes) throws IOException {
    try (var pdf = Loader.loadPDF(bytes)) {
      var pages = pages(pdf);
      if (pages.stream().allMatch(List::isEmpty)) {
        throw new UnreadableFileException(
            RejectReason.NO_TEXT, "it has no text layer; scanned pages are not read");
      }
      var info = pdf.getDocumentInformation().getTitle();
      var title = info == null || info.isBlank() ? file.stem() : info.strip();
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

  private static List<List<String>> pages(PDDocument pdf) throws IOException {
    var stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    stripper.setLineSeparator("\n");
    var pages = new ArrayList<List<String>>();
    for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      pages.add(
          stripper.getText(pdf).lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
    }
    return pages;
  }
}
