package dev.keizoku.corpus.read.html;

import dev.keizoku.corpus.read.encoding.PageEncoding;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.ParsingException;
import org.netpreserve.jwarc.WarcConversion;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTargetRecord;

/**
 * A web archive: pages of a crawl (WARC), or their text as Common Crawl gives it (WET). A page that
 * a server answered with 200 is a document, another one and what is no page a counted drop.
 */
public final class WarcPagesReader implements FormatReader {
  private static final int OK = 200;

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    long number = 0;
    try (var in = file.open();
        var warc = new WarcReader(in)) {
      warc.setLenient(true);
      for (Optional<WarcRecord> record; (record = warc.next()).isPresent(); ) {
        number++;
        var place = file.location() + "#" + number;
        switch (record.get()) {
          case WarcResponse response ->
              record(place, documents, () -> response(response, place, options, documents));
          case WarcConversion text -> record(place, documents, () -> text(text, place, documents));
          default -> {}
        }
      }
    } catch (ParsingException e) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT,
          "it is no web archive after record %d: %s".formatted(number, e.getMessage()),
          e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Reads one record; a fault of its own costs no other. */
  private static void record(String place, Consumer<DocumentTask> documents, Work work)
      throws UnreadableFileException {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      var why =
          UnreadableFileException.of(
              e, RejectReason.INVALID_RECORD, "its answer cannot be read: " + e.getMessage());
      // An archive that breaks off is told of once, by itself.
      if (why.reason() == RejectReason.DAMAGED) {
        throw why;
      }
      reject(why, place, documents);
    }
  }

  private static void response(
      WarcResponse response, String place, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var http = response.http();
    var type = http.contentType();
    if (http.status() != OK || !isPage(type)) {
      var address = response.target();
      documents.accept(() -> Document.rejected(place, address, "notAPage"));
      return;
    }
    var bytes = RawFile.whole(http.bodyDecoded().stream());
    var about = About.of(response, place);
    var charset = type.parameters().get("charset");
    documents.accept(() -> page(about, bytes, charset, options));
  }

  private static void reject(
      UnreadableFileException why, String place, Consumer<DocumentTask> documents) {
    documents.accept(
        () -> {
          throw why.at(place, 0);
        });
  }

  private static boolean isPage(MediaType type) {
    return type.base().equals(MediaType.HTML) || type.base().equals(MediaType.XHTML);
  }

  private static Document page(About about, byte[] bytes, String charset, ReadOptions options)
      throws UnreadableFileException {
    try {
      var html = PageEncoding.decode(bytes, options.encoding(), charset);
      var page = HtmlReader.page(about.place, about.url, html, options.keepRuby());
      return about.document(page.title(), page.text());
    } catch (UnreadableFileException e) {
      throw e.at(about.place, 0);
    }
  }

  private static void text(WarcConversion text, String place, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = RawFile.whole(text.body().stream());
    var about = About.of(text, place);
    documents.accept(
        () -> {
          try {
            return about.document("", TextDecoder.decode(bytes, "utf-8"));
          } catch (UnreadableFileException e) {
            throw e.at(place, 0);
          }
        });
  }

  /** What a record says of its page. */
  private record About(String place, String url, String date) {
    static About of(WarcTargetRecord record, String place) {
      return new About(place, record.target(), record.date().toString());
    }

    Document document(String title, String text) {
      return new Document(place, "", title, url, date, text, null, Map.of(), false);
    }
  }
}
