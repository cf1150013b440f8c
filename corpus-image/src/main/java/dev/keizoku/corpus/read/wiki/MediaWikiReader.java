package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.record.JsonLinesReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Articles with MediaWiki's markup: a dump in XML, or JSON lines of title and text. */
public final class MediaWikiReader implements FormatReader {
  private static final int HEAD_BYTES = 1024;

  private final FormatReader lines = new JsonLinesReader(MediaWikiText::plain);
  private final FormatReader dump = new MediaWikiDumpReader();

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var head = new String(file.head(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    boolean xml = head.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<");
    (xml ? dump : lines).read(file, options, documents);
  }
}
