package dev.keizoku.corpus.paragraph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The paragraphs of all documents on local disk, 16 bytes each, in the order of the documents. */
final class ParagraphFile implements AutoCloseable {
  private static final int RECORD = 16;
  private static final int CHUNK = RECORD << 16;

  private final FileChannel file;
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
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
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
    full.flip();
    while (full.hasRemaining()) {
      written += file.write(full, written);
    }
    full.clear();
  }

  /** Paragraphs that were added. */
  long size() {
    return (written + full.position()) / RECORD;
  }

  /** Goes through all of them in the order in which they were added. */
  void read(Reader reader) throws IOException {
    flush();
    var chunk = ByteBuffer.allocate(CHUNK);
    for (long place = 0; place < written; place += chunk.limit()) {
      chunk.clear();
      while (chunk.hasRemaining() && file.read(chunk, place + chunk.position()) >= 0) {
        // The next read goes on where this one ended.
      }
      chunk.flip();
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
