package dev.keizoku.corpus.read.wiki;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.corpus.read.encoding.Lines;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A dump of CirrusSearch: JSON lines with the text as it is rendered, each behind a line that says
 * where it is indexed. Articles are documents; pages of other namespaces are none.
 *
 * <p>Source: https://dumps.wikimedia.org/other/cirrussearch/.
 */
public final class CirrusReader implements FormatReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WIKI = Pattern.compile("([a-z]{2,12})wiki");

  /** Whether a file's first bytes are those of such a dump. */
  public static boolean isDump(String head) {
    return head.startsWith("{\"index\":{") || head.startsWith("{ \"index\" :");
  }

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    try (var in = file.open()) {
      var lines = new Lines(in, StandardCharsets.UTF_8, RawFile.MAX_WHOLE_BYTES);
      var id = "";
      long number = 1;
      for (byte[] line; (line = lines.next()) != null; number++) {
        var place = file.location() + "#" + number;
        var page = lines.tooLong() ? null : parsed(line);
        if (page != null && page.has("index")) {
          id = page.path("index").path("_id").asText("");
        } else if (page == null || !page.isMissingNode()) {
          var own = id;
          documents.accept(() -> document(page, own, place));
        }
      }
    }
  }

  /** What a line says; null where it is no JSON, missing where it is empty. */
  private static JsonNode parsed(byte[] line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Document document(JsonNode page, String id, String place)
      throws UnreadableFileException {
    if (page == null || !page.path("text").isTextual()) {
      throw new UnreadableFileException(
              RejectReason.INVALID_RECORD, "it is no page of CirrusSearch with a text")
          .at(place, 0);
    }
    var title = page.path("title").asText("");
    if (page.path("namespace").asInt(0) != 0) {
      return Document.rejected(place, title, "notADocument");
    }
    var own = page.path("page_id").asText(id);
    var wiki = WIKI.matcher(page.path("wiki").asText(""));
    var url =
        wiki.matches()
            ? "https://%s.wikipedia.org/wiki/%s".formatted(wiki.group(1), title.replace(' ', '_'))
            : "";
    var date = page.path("timestamp").asText("");
    return new Document(
        place, own, title, url, date, page.path("text").textValue(), null, Map.of(), false);
  }
}
