package dev.keizoku.corpus.kept;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what is found in a source, as lines of JSON under zstd ({@code zstdcat | jq} reads them).
 * It is there only after {@link #commit}. Safe for use from many threads; the order of the
 * documents is that of the threads.
 */
public final class ReadingWriter implements ReadingLog, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectUpload upload;
  private final ZstdOutputStreamNoFinalizer packed;

  ReadingWriter(ObjectStore store, StoreUri uri) throws IOException {
    upload = store.create(uri);
    packed = new ZstdOutputStreamNoFinalizer(new Unclosed(upload));
    packed.setChecksum(true);
  }

  /** Closing what packs must not drop the upload. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(ObjectUpload upload) {
      super(upload);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
    }

    @Override
    public void close() {
      // The writer commits or drops it.
    }
  }

  @Override
  public void taken(int file) {
    write(Entry.taken(file));
  }

  @Override
  public void leftOut(int file, String place) {
    write(Entry.leftOut(file, place));
  }

  @Override
  public void document(int file, long order, Tagged document) {
    write(Entry.document(file, order, document));
  }

  @Override
  public void reject(int file, long order, UnreadableFileException fault) {
    write(Entry.reject(file, order, fault));
  }

  private void write(Entry entry) {
    try {
      var line = (JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
      synchronized (this) {
        packed.write(line);
      }
    } catch (IOException e) {
      // An upload says what is wrong by itself; this is of packing.
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes it visible.
   *
   * @param orders how many were used
   */
  public void commit(long orders) {
    write(Entry.end(orders));
    end();
    upload.commit();
  }

  private synchronized void end() {
    try {
      packed.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      end();
    } finally {
      upload.close();
    }
  }
}
