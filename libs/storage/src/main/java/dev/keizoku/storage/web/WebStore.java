package dev.keizoku.storage.web;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ReadOnlyStore;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.remote.ResumingStream;
import dev.keizoku.storage.remote.Retries;
import dev.keizoku.storage.remote.RetryPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files of the web, {@code https://host/path}, for reading. A connection that breaks goes on where
 * it broke, as long as the server still has the same file; one whose size the server does not tell
 * is read in one piece, up to {@link #MOST_UNSIZED_BYTES}.
 */
public final class WebStore implements ReadOnlyStore {
  /** Largest file of a server that tells no size, in bytes. */
  public static final long MOST_UNSIZED_BYTES = 1L << 30;

  private final WebClient client;
  private final Retries retries;

  /** Asks as the program's environment allows. */
  public WebStore(WebAccess access, RetryPolicy retryPolicy) {
    client = new WebClient(access);
    retries =
        new Retries(
            retryPolicy, WebFaults::lasting, "check the URL and the way to it, or try again later");
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    return retries.call(
        "stat",
        uri,
        () -> {
          try (var answer = client.get((HttpsUri) uri, 0, null)) {
            return Optional.of(
                new ObjectInfo(uri, Math.max(0, answer.size()), "", answer.charset()));
          }
        });
  }

  @Override
  public InputStream open(StoreUri uri) {
    var first = retries.call("open", uri, () -> client.get((HttpsUri) uri, 0, null));
    if (first.size() < 0) {
      return new BoundedStream(first.body(), uri);
    }
    // The first connection is used; another asks for the rest of the same file.
    var unused = new WebAnswer[] {first};
    return ResumingStream.open(
        uri,
        retries,
        offset -> {
          var answer = unused[0] != null ? unused[0] : client.get((HttpsUri) uri, offset, first);
          unused[0] = null;
          return new ResumingStream.Rest(answer.body(), first.size());
        });
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    return retries.call(
        "read",
        uri,
        () -> {
          try (var part = client.get((HttpsUri) uri, offset, null)) {
            if (part.size() >= 0 && part.size() < offset + length) {
              throw StorageFaults.tooShort(uri);
            }
            var bytes = part.body().readNBytes(length);
            if (bytes.length < length) {
              throw part.size() < 0
                  ? StorageFaults.tooShort(uri)
                  : new EOFException("connection ended early");
            }
            return bytes;
          }
        });
  }

  @Override
  public byte[] read(StoreUri uri) {
    try (var in = open(uri)) {
      var bytes = in.readNBytes(MAX_IN_MEMORY_BYTES + 1);
      StorageFaults.inMemory(new ObjectInfo(uri, bytes.length));
      return bytes;
    } catch (IOException e) {
      throw failed(uri, e);
    }
  }

  private static RunFault failed(StoreUri uri, IOException e) {
    return RunFault.tryAgain(
        Reason.STORAGE_FAILED, "Cannot read " + uri + ": " + e.getMessage() + ".", e);
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    throw RunFault.userError(
        Reason.INVALID_URI,
        folder + " is no folder: the web has none; name one file, or a list of URLs (.urls).");
  }

  @Override
  public RunFault readOnly(StoreUri uri) {
    return WebFaults.readOnly(uri);
  }

  @Override
  public void close() {
    client.close();
  }
}
