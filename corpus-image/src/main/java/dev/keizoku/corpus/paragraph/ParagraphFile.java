package dev.keizoku.corpus.paragraph;

import dev.keizoku.corpus.spool.ScratchFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The paragraphs of all documents on local disk, 16 bytes each, in the order of the documents. */
final class ParagraphFile implements AutoCloseable {
  private static final int RECORD = 16;
  private static final int CHUNK = RECORD << 16;

  private final ScratchFile file;
  private final ByteBuffer full = ByteBuffer.allocate(CHUNK);
  private long written;

  /** Takes a paragraph. */
  @FunctionalInterface
  interface Reader {
    void accept(int document, int line, long key);
  }

  /**
   * @param path of a file that is not there yet
   */
  ParagraphFile(Path path) throws IOException {
    file = new ScratchFile(path);
  }

  void add(int document, List<Paragraphs.Paragraph> paragraphs) throws IOException {
    for (var paragraph : paragraphs) {
      if (!full.hasRemaining()) {
        flush();
      }
      full.putInt(document).putInt(paragraph.line()).putLong(paragraph.key());
    }
  }

  private void flush() throws IOException {
    file.write(full.flip(), written);
    written += full.limit();
    full.clear();
  }

  /** Paragraphs that were added. */
  long size() {
    return (written + full.position()) / RECORD;
  }

  /** Goes through all of them in the order in which they were added. */
  void read(Reader reader) throws IOException {
    flush();
    for (long place = 0; place < written; place += CHUNK) {
      var chunk = file.read(place, CHUNK);
      while (chunk.hasRemaining()) {
        reader.accept(chunk.getInt(), chunk.getInt(), chunk.getLong());
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
