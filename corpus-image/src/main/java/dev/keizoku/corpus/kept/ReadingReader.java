package dev.keizoku.corpus.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.CountedStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Reads what {@link ReadingWriter} wrote. */
final class ReadingReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadingReader() {}

  /**
   * Tells a log all that was kept.
   *
   * @param read told how many bytes of it were read
   * @return how many orders were used
   * @throws RunFault try again {@code ObjectChanged} for one that is not whole, which is deleted
   */
  static long replay(ObjectStore store, StoreUri uri, ReadingLog log, LongConsumer read)
      throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStreamNoFinalizer(new CountedStream(store.open(uri), read)),
                StandardCharsets.UTF_8))) {
      while (true) {
        var entry = next(lines, store, uri);
        if (entry.isEnd()) {
          return entry.order();
        }
        entry.tell(log);
      }
    }
  }

  private static Entry next(BufferedReader lines, ObjectStore store, StoreUri uri) {
    try {
      var line = lines.readLine();
      if (line != null) {
        return JSON.readValue(line, Entry.class);
      }
      throw damaged(store, uri, "it ends early", null);
    } catch (JsonProcessingException e) {
      throw damaged(store, uri, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw damaged(store, uri, e.getMessage(), e);
    }
  }

  /** Nobody but the next build needs it, and that one can read its source. */
  private static RunFault damaged(ObjectStore store, StoreUri uri, String why, Throwable cause) {
    store.delete(uri);
    return RunFault.tryAgain(
        Reason.OBJECT_CHANGED,
        "%s was damaged (%s) and is deleted; its source is read again.".formatted(uri, why),
        cause);
  }
}
