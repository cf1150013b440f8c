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
   * @throws RunFault user error {@code DigestMismatch} for one that is not whole
   */
  static long replay(ObjectStore store, StoreUri uri, ReadingLog log, LongConsumer read)
      throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStreamNoFinalizer(new CountedStream(store.open(uri), read)),
                StandardCharsets.UTF_8))) {
      while (true) {
        var entry = next(lines, uri);
        if (entry.isEnd()) {
          return entry.order();
        }
        entry.tell(log);
      }
    }
  }

  private static Entry next(BufferedReader lines, StoreUri uri) {
    try {
      var line = lines.readLine();
      if (line != null) {
        return JSON.readValue(line, Entry.class);
      }
      throw damaged(uri, "it ends early", null);
    } catch (JsonProcessingException e) {
      throw damaged(uri, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw damaged(uri, e.getMessage(), e);
    }
  }

  private static RunFault damaged(StoreUri uri, String why, Throwable cause) {
    return RunFault.userError(
        Reason.DIGEST_MISMATCH,
        "%s is damaged (%s); delete it, and its source is read again.".formatted(uri, why),
        cause);
  }
}
