package dev.keizoku.corpus.read.text;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import java.io.IOException;
import java.util.function.Consumer;

/** Plain text, one document a file; works of Aozora Bunko lose their ruby, notes and colophon. */
public final class TextReader implements FormatReader {
  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(
        () -> {
          var text = TextDecoder.decode(bytes, options.encoding()).replace("\r\n", "\n");
          return AozoraText.isAozora(text)
              ? AozoraText.read(file.location(), text, options.keepRuby())
              : Document.of(file.location(), file.stem(), text);
        });
  }
}
