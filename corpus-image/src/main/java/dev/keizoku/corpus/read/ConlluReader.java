package dev.keizoku.corpus.read;

import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * CoNLL-U: the sentences of the {@code # text =} lines. Treebanks of single sentences mark each as
 * a document of its own, so a file is one document here, with one sentence a line.
 */
final class ConlluReader implements FormatReader {
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
