package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A dump of pages in MediaWiki's export XML: an article is a document; redirects and pages of other
 * namespaces are none. Of a page with its history the last revision counts.
 *
 * <p>Source: https://www.mediawiki.org/wiki/Help:Export#Export_format.
 */
final class MediaWikiDumpReader implements FormatReader {
  private static final String ARTICLES = "0";
  private static final int MAX_CHARACTERS = 32 << 20;
  private static final int HEAD_BYTES = 256;
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml\\b[^>]*?\\bencoding\\s*=\\s*[\"']([\\w.:-]+)");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** No character, though XML allows it: stands for bytes that are none. */
  private static final String WRONG_BYTES = "\uFDD0";

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var charset = charset(new String(file.head(HEAD_BYTES), StandardCharsets.ISO_8859_1));
    try (var in = reader(file.open(), charset)) {
      new Dump(file.location(), factory().createXMLStreamReader(in), documents).read();
    } catch (XMLStreamException e) {
      // What unpacking says comes wrapped.
      if (e.getNestedException() instanceof UnreadableFileException cause) {
        throw cause;
      }
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it is not XML: " + e.getMessage(), e);
    }
  }

  /** UTF-8, as MediaWiki writes every dump, but where a dump says otherwise. */
  private static Charset charset(String head) {
    var declared = DECLARED.matcher(head);
    return declared.find()
        ? TextDecoder.known(declared.group(1)).orElse(StandardCharsets.UTF_8)
        : StandardCharsets.UTF_8;
  }

  /** The characters; a wrong byte costs its page and not the dump. */
  private static Reader reader(InputStream in, Charset charset) throws IOException {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith(WRONG_BYTES);
    var reader = new PushbackReader(new InputStreamReader(in, decoder));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Without a DTD there are no entities to count; the limit is on the length of the dump then.
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    return factory;
  }

  /** One dump. */
  private static final class Dump {
    private final String location;
    private final XMLStreamReader xml;
    private final Consumer<DocumentTask> documents;

    /** What the page in hand has said of itself, by element. */
    private final Map<String, String> page = new HashMap<>();

    private String base = "";

    Dump(String location, XMLStreamReader xml, Consumer<DocumentTask> documents) {
      this.location = location;
      this.xml = xml;
      this.documents = documents;
    }

    void read() throws XMLStreamException, UnreadableFileException {
      boolean any = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          any |= xml.getLocalName().equals("mediawiki");
          begin(xml.getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("page")) {
          end();
        }
        if (event == XMLStreamConstants.START_ELEMENT && !any) {
          throw new UnreadableFileException(
              RejectReason.WRONG_FORMAT, "it is not MediaWiki's export XML");
        }
      }
    }

    private void begin(String element) throws XMLStreamException {
      switch (element) {
        case "base" -> {
          var address = text();
          base = address.substring(0, address.lastIndexOf('/') + 1);
        }
        case "page" -> page.clear();
        // The page's own id comes before those of its revisions and authors.
        case "id", "title", "ns" -> {
          var value = text();
          page.putIfAbsent(element, value);
        }
        case "timestamp", "text" -> page.put(element, text());
        case "redirect" -> page.put(element, "");
        default -> {}
      }
    }

    /** The element's text; of one that is longer than any article its begin, marked as too long. */
    private String text() throws XMLStreamException {
      var text = new StringBuilder();
      while (xml.next() != XMLStreamConstants.END_ELEMENT) {
        if (xml.isCharacters() && text.length() <= MAX_CHARACTERS) {
          text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
      }
      return text.toString();
    }

    private void end() {
      boolean article = ARTICLES.equals(page.get("ns")) && !page.containsKey("redirect");
      if (article) {
        var found = Map.copyOf(page);
        var place = location + "#" + found.getOrDefault("id", "");
        var address = base;
        documents.accept(() -> document(found, place, address));
      }
    }

    private static Document document(Map<String, String> page, String place, String base)
        throws UnreadableFileException {
      var title = page.getOrDefault("title", "");
      var written = page.getOrDefault("text", "");
      if (written.length() > MAX_CHARACTERS) {
        throw new UnreadableFileException(
                RejectReason.TOO_LARGE, "it has more than 32 Mi characters")
            .at(place, 0);
      }
      if (title.contains(WRONG_BYTES) || written.contains(WRONG_BYTES)) {
        throw new UnreadableFileException(RejectReason.INVALID_RECORD, "it is not UTF-8")
            .at(place, 0);
      }
      var text = MediaWikiText.plain(written);
      if (text == null) {
        return Document.rejected(place, title, "notADocument");
      }
      var url = base.isEmpty() ? "" : base + title.replace(' ', '_');
      var id = page.getOrDefault("id", "");
      return new Document(
          place, id, title, url, page.getOrDefault("timestamp", ""), text, null, Map.of(), false);
    }
  }
}
