package dev.keizoku.corpus.read;

import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * A PDF with a text layer: lines of a paragraph joined, running heads, feet and page numbers
 * removed. [NOT IMPLEMENTED] vertical text, recognition of scanned pages.
 */
final class PdfReader implements FormatReader {
  private static final Pattern PAGE_NUMBER = Pattern.compile("[\\s\\-‐－–]*\\d{1,4}[\\s\\-‐－–]*");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern LEADERS = Pattern.compile("(?:[.．・…‥] ?){4,}\\s*\\d*\\s*$");
  private static final int EDGE_LINES = 2;
  private static final int RUNNING_PAGES = 3;

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
      return Document.of(file.location(), title, text(pages));
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

  private static String text(List<List<String>> pages) {
    var running = running(pages);
    var out = new StringBuilder();
    for (var page : pages) {
      int width = page.stream().mapToInt(String::length).max().orElse(0);
      for (int i = 0; i < page.size(); i++) {
        var line = page.get(i);
        boolean edge = i < EDGE_LINES || i >= page.size() - EDGE_LINES;
        if (edge
            && (PAGE_NUMBER.matcher(line).matches()
                || running.getOrDefault(key(line), 0) >= RUNNING_PAGES)) {
          continue;
        }
        out.append(LEADERS.matcher(line).replaceFirst(""))
            .append(continues(line, width) ? "" : "\n");
      }
    }
    return out.toString();
  }

  /** On how many pages a line stands at the edge, numbers aside. */
  private static Map<String, Integer> running(List<List<String>> pages) {
    var counts = new HashMap<String, Integer>();
    for (var page : pages) {
      for (int i = 0; i < page.size(); i++) {
        if (i < EDGE_LINES || i >= page.size() - EDGE_LINES) {
          counts.merge(key(page.get(i)), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static String key(String line) {
    return DIGITS.matcher(line).replaceAll("0");
  }

  /** A full line that ends in the middle of a sentence goes on in the next one, without a space. */
  private static boolean continues(String line, int width) {
    char last = line.charAt(line.length() - 1);
    boolean ended = "。．.：:）)】」』".indexOf(last) >= 0;
    boolean japanese = last >= 0x3040;
    return !ended && japanese && line.length() > 0.8 * width;
  }
}
