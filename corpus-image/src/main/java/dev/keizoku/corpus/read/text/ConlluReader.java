package dev.keizoku.corpus.read.text;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * CoNLL-U: the sentences of the {@code # text =} lines. Treebanks of single sentences mark each as
 * a document of its own, so a file is one document here, with one sentence a line.
 */
public final class ConlluReader implements FormatReader {
  private static final String TEXT = "# text = ";

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(
        () -> {
          var text = new StringBuilder();
          TextDecoder.decode(bytes, options.encoding())
              .lines()
              .filter(line -> line.startsWith(TEXT))
              .forEach(line -> text.append(line, TEXT.length(), line.length()).append('\n'));
          if (text.isEmpty()) {
            throw new UnreadableFileException(
                RejectReason.WRONG_FORMAT, "it has no line '# text = ...' of CoNLL-U");
          }
          return Document.of(file.location(), file.stem(), text.toString());
        });
  }
}
