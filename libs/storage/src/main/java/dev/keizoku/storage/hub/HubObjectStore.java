package dev.keizoku.storage.hub;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.Damage;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ReadOnlyStore;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.remote.ResumingStream;
import dev.keizoku.storage.remote.Retries;
import dev.keizoku.storage.remote.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Models of a hub, {@code hf://owner/name@revision/path}, for reading only. A branch or tag is
 * turned into its commit once, so that all files that one store reads are of the same commit. What
 * is read whole is checked against the digest that the hub tells; a range cannot be.
 */
public final class HubObjectStore implements ReadOnlyStore {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HubClient client;
  private final HubIndex index;
  private final Retries retries;

  /** Gives a connection up that is silent for a minute. */
  public HubObjectStore(HubAccess access, RetryPolicy retryPolicy) {
    this(access, retryPolicy, PATIENCE);
  }

  /**
   * @param patience how long a connection may be silent
   */
  HubObjectStore(HubAccess access, RetryPolicy retryPolicy, Duration patience) {
    client = new HubClient(access, patience);
    index = new HubIndex(client);
    retries =
        new Retries(retryPolicy, (e, uri) -> HubFaults.lasting(e, uri, access), HubFaults.ADVICE);
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    return find(uri).map(file -> new ObjectInfo(uri, file.bytes()));
  }

  @Override
  public Optional<String> digest(StoreUri uri) {
    return find(uri).filter(file -> file.digest().isPresent()).map(HubFile::etag);
  }

  private Optional<HubFile> find(StoreUri uri) {
    return retries.call("stat", uri, () -> index.find((HubUri) uri));
  }

  private HubFile require(StoreUri uri) {
    return find(uri).orElseThrow(() -> StorageFaults.notFound(uri));
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    return retries.call("list", folder, () -> index.tree((HubUri) folder));
  }

  @Override
  public InputStream open(StoreUri uri) {
    var file = require(uri);
    return stream(uri, file, file.digest().orElse(null), 0);
  }

  private InputStream stream(StoreUri uri, HubFile file, MessageDigest digest, long start) {
    var size = file.bytes();
    ResumingStream.Opener opener =
        offset -> new ResumingStream.Rest(from((HubUri) uri, offset, size - 1), size);
    var stream = ResumingStream.of(uri, retries, opener, start, size);
    return digest == null ? stream : new HubDigestStream(stream, uri, file, digest, start);
  }

  private InputStream from(HubUri at, long first, long last) throws IOException {
    var response =
        client.get(client.file(at, index.commit(at)), "bytes=%d-%d".formatted(first, last));
    var body = response.body();
    if (response.statusCode() != 206) {
      // A server without ranges sends all.
      body.skipNBytes(first);
    }
    return body;
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    if (length == 0) {
      return new byte[0];
    }
    if (offset + length > require(uri).bytes()) {
      throw StorageFaults.tooShort(uri);
    }
    return retries.call(
        "read",
        uri,
        () -> {
          try (var body = from((HubUri) uri, offset, offset + length - 1)) {
            var bytes = new byte[length];
            if (body.readNBytes(bytes, 0, length) < length) {
              throw new IOException("connection ended early");
            }
            return bytes;
          }
        });
  }

  @Override
  public byte[] read(StoreUri uri) {
    StorageFaults.inMemory(new ObjectInfo(uri, require(uri).bytes()));
    return Damage.confirmed(() -> readOnce(uri));
  }

  private byte[] readOnce(StoreUri uri) {
    try (var in = open(uri)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read " + uri + ": " + e.getMessage(), e);
    }
  }

  /** As everywhere, and a file that an earlier attempt left unfinished is continued. */
  @Override
  public Artifact download(StoreUri uri, Path file, LongConsumer received) {
    var known = require(uri);
    var download = HubDownload.of(known, file);
    return Damage.confirmed(
        () -> download.run(uri, (digest, start) -> stream(uri, known, digest, start), received));
  }

  @Override
  public RunFault readOnly(StoreUri uri) {
    return HubFaults.readOnly(uri);
  }

  @Override
  public void close() {
    client.close();
  }
}
