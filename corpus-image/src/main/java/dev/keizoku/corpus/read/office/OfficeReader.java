package dev.keizoku.corpus.read.office;

import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.OldFileFormatException;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xslf.usermodel.XMLSlideShow;

/**
 * A document of an office program: text with headings, tables as rows, numbers as they are shown.
 * What it is its bytes say, not its name. A document is one document, with all sheets or slides
 * that are not hidden. [NOT IMPLEMENTED] charts, text in pictures and drawings.
 */
public final class OfficeReader implements FormatReader {
  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(() -> document(file, bytes, options.keepRuby()));
  }

  private static Document document(RawFile file, byte[] bytes, boolean keepRuby)
      throws UnreadableFileException {
    try {
      var found = found(bytes, keepRuby);
      if (found.text().isBlank()) {
        throw new UnreadableFileException(RejectReason.NO_TEXT, "it holds no text");
      }
      var title = found.title() == null ? "" : found.title().strip();
      return Document.of(file.location(), title.isEmpty() ? file.stem() : title, found.text());
    } catch (EncryptedDocumentException e) {
      throw encrypted(e);
    } catch (UnreadableFileException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof UnreadableFileException why ? why : damaged(e);
    } catch (IOException | OpenXML4JException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private record Found(String title, String text) {}

  private static Found found(byte[] bytes, boolean keepRuby)
      throws IOException, OpenXML4JException {
    return switch (FileMagic.valueOf(bytes)) {
      case OOXML -> {
        PackageLimits.require(bytes);
        try (var parts = OPCPackage.open(new ByteArrayInputStream(bytes))) {
          var title = parts.getPackageProperties().getTitleProperty().orElse(null);
          yield new Found(title, ofParts(parts, keepRuby));
        }
      }
      case OLE2 -> {
        try (var files = new POIFSFileSystem(new ByteArrayInputStream(bytes))) {
          yield new Found(null, ofOld(files));
        }
      }
      default -> throw damaged(null);
    };
  }

  private static String ofParts(OPCPackage parts, boolean keepRuby)
      throws IOException, OpenXML4JException {
    var main =
        parts.getPartsByRelationshipType(PackageRelationshipTypes.CORE_DOCUMENT).stream()
            .findFirst()
            .orElseThrow(() -> damaged(null));
    var type = main.getContentType();
    if (type.contains("wordprocessingml") || type.contains("ms-word")) {
      return WordText.of(parts, keepRuby);
    }
    if (type.contains("presentationml") || type.contains("ms-powerpoint")) {
      try (var show = new XMLSlideShow(parts)) {
        return SlideText.of(show);
      }
    }
    return SheetText.of(parts);
  }

  private static String ofOld(POIFSFileSystem files) throws IOException {
    DirectoryNode root = files.getRoot();
    if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
      throw encrypted(null);
    }
    if (root.hasEntryCaseInsensitive("WordDocument")) {
      return ofOldWord(root);
    }
    if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
      try (var show = new HSLFSlideShow(root)) {
        return SlideText.of(show);
      }
    }
    try (var book = new HSSFWorkbook(root, false)) {
      return OldSheetText.of(book);
    }
  }

  private static String ofOldWord(DirectoryNode root) throws IOException {
    try (var document = new HWPFDocument(root)) {
      return OldWordText.of(document);
    } catch (OldFileFormatException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it is of a Word of before 1997; save it as .docx", e);
    }
  }

  private static UnreadableFileException encrypted(Exception cause) {
    return new UnreadableFileException(
        RejectReason.ENCRYPTED, "it is encrypted; store it without a password", cause);
  }

  private static UnreadableFileException damaged(Exception cause) {
    return new UnreadableFileException(
        RejectReason.WRONG_FORMAT,
        "it is no document of Word, Excel or PowerPoint that can be read"
            + (cause == null ? "" : ": " + cause.getMessage()),
        cause);
  }
}
