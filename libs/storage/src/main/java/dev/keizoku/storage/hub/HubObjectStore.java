package dev.keizoku.storage.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.Artifact;
import dev.keizoku.contract.RunFault;
import dev.keizoku.storage.Digests;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.Retries;
import dev.keizoku.storage.RetryPolicy;
import dev.keizoku.storage.StorageFaults;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Models of a hub, {@code hf://owner/name@revision/path}, for reading only. A branch or tag is
 * turned into its commit once, so that all files that one store reads are of the same commit. What
 * is read whole is checked against the digest that the hub tells; a range cannot be.
 */
public final class HubObjectStore implements ObjectStore {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_API_BYTES = 64 << 20;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>;\\s*rel=\"next\"");

  private final HubClient client;
  private final Retries retries;
  private final Map<String, String> commits = new ConcurrentHashMap<>();
  private final Map<String, HubFile> files = new ConcurrentHashMap<>();

  /** Gives a connection up that is silent for a minute. */
  public HubObjectStore(HubAccess access, RetryPolicy retryPolicy) {
    this(access, retryPolicy, PATIENCE);
  }

  /**
   * @param patience how long a connection may be silent
   */
  HubObjectStore(HubAccess access, RetryPolicy retryPolicy, Duration patience) {
    client = new HubClient(access, patience);
    retries =
        new Retries(retryPolicy, (e, uri) -> HubFaults.lasting(e, uri, access), HubFaults.ADVICE);
  }

  @Override
  public Optional<ObjectInfo> stat(String uri) {
    return find(uri).map(file -> new ObjectInfo(uri, file.bytes()));
  }

  private Optional<HubFile> find(String uri) {
    var at = HubUri.parse(uri);
    if (at.path().isEmpty()) {
      return Optional.empty();
    }
    var known = files.get(at.toString());
    if (known != null) {
      return Optional.of(known);
    }
    return retries.call(
        "stat",
        uri,
        () -> {
          try {
            var response = client.head(client.file(at, commit(at)));
            var file = HubFile.of(response.headers(), uri);
            files.put(at.toString(), file);
            return Optional.of(file);
          } catch (HubAnswerException e) {
            if (e.isMissingEntry()) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private HubFile require(String uri) {
    return find(uri).orElseThrow(() -> StorageFaults.notFound(uri));
  }

  /** To be called inside a retried operation. */
  private String commit(HubUri at) throws IOException {
    if (COMMIT.matcher(at.revision()).matches()) {
      return at.revision();
    }
    var known = commits.get(at.root());
    if (known == null) {
      var answer = client.get(client.api(at, "revision", at.revision(), ""), null);
      known = json(answer, at).path("sha").asText();
      if (!COMMIT.matcher(known).matches()) {
        throw noHub(at);
      }
      commits.put(at.root(), known);
    }
    return known;
  }

  private static RunFault noHub(HubUri at) {
    return RunFault.userError(
        "HubRefused",
        "What answers for %s is not a Hugging Face API; check HF_ENDPOINT.".formatted(at));
  }

  private static JsonNode json(HttpResponse<InputStream> response, HubUri at) throws IOException {
    try (var body = response.body()) {
      return Json.read(
          body.readNBytes(MOST_API_BYTES), JsonNode.class, "The hub's answer for " + at);
    }
  }

  @Override
  public List<ObjectInfo> list(String folder) {
    var at = HubUri.parse(folder);
    return retries.call("list", folder, () -> tree(at));
  }

  private List<ObjectInfo> tree(HubUri at) throws IOException {
    var found = new ArrayList<ObjectInfo>();
    var page = client.api(at, "tree", commit(at), at.path());
    page = page.resolve(page.getRawPath() + "?recursive=true");
    while (page != null) {
      HttpResponse<InputStream> response;
      try {
        response = client.get(page, null);
      } catch (HubAnswerException e) {
        if (e.isMissingEntry()) {
          return List.of();
        }
        throw e;
      }
      for (var entry : json(response, at)) {
        if (entry.path("type").asText().equals("file")) {
          found.add(remember(at.at(entry.path("path").asText()), entry));
        }
      }
      var next = NEXT_PAGE.matcher(response.headers().firstValue("Link").orElse(""));
      page = next.find() ? client.onThisHub(page.resolve(next.group(1))) : null;
    }
    found.sort(Comparator.comparing(ObjectInfo::uri));
    return List.copyOf(found);
  }

  private ObjectInfo remember(HubUri at, JsonNode entry) {
    var large = entry.path("lfs");
    var etag = large.has("oid") ? large.path("oid").asText() : entry.path("oid").asText();
    var file = new HubFile(entry.path("size").asLong(), etag);
    files.put(at.toString(), file);
    return new ObjectInfo(at.toString(), file.bytes());
  }

  @Override
  public InputStream open(String uri) {
    var file = require(uri);
    return stream(uri, file, file.digest().orElse(null), 0);
  }

  private HubStream stream(String uri, HubFile file, MessageDigest digest, long start) {
    return new HubStream(
        uri, file, retries, offset -> from(uri, offset, file.bytes() - 1), digest, start);
  }

  private InputStream from(String uri, long first, long last) throws IOException {
    var at = HubUri.parse(uri);
    var response = client.get(client.file(at, commit(at)), "bytes=%d-%d".formatted(first, last));
    var body = response.body();
    if (response.statusCode() != 206) {
      // A server without ranges sends all.
      body.skipNBytes(first);
    }
    return body;
  }

  @Override
  public byte[] readRange(String uri, long offset, int length) {
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
          try (var body = from(uri, offset, offset + length - 1)) {
            var bytes = new byte[length];
            if (body.readNBytes(bytes, 0, length) < length) {
              throw new IOException("connection ended early");
            }
            return bytes;
          }
        });
  }

  @Override
  public byte[] read(String uri) {
    StorageFaults.inMemory(new ObjectInfo(uri, require(uri).bytes()));
    try (var in = open(uri)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw RunFault.tryAgain("StorageFailed", "Cannot read " + uri + ": " + e.getMessage(), e);
    }
  }

  /** As everywhere, and a file that an earlier attempt left unfinished is continued. */
  @Override
  public Artifact download(String uri, Path file) {
    var known = require(uri);
    var aside =
        file.resolveSibling(
            ".%s.%s.part".formatted(file.getFileName(), Digests.sha256(known.etag().getBytes())));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var artifact = complete(uri, known, aside);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      return artifact;
    } catch (RunFault fault) {
      if (fault.reason().equals(HubFaults.DIGEST_MISMATCH)) {
        delete(aside);
      }
      throw fault;
    } catch (IOException e) {
      throw RunFault.tryAgain(
          "ScratchFailed", "Cannot write " + file + " (is the disk full?): " + e.getMessage(), e);
    }
  }

  private Artifact complete(String uri, HubFile known, Path aside) throws IOException {
    var sha256 = Digests.sha256();
    var check = known.digest().orElse(null);
    var start = check == null ? 0 : digestOf(aside, known.bytes(), sha256, check);
    var mode = start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (var in = stream(uri, known, check, start);
        var out = Files.newOutputStream(aside, StandardOpenOption.CREATE, mode);
        var counted = new DigestOutputStream(out, sha256)) {
      in.transferTo(counted);
    }
    return new Artifact(uri, Digests.hex(sha256), known.bytes());
  }

  /** Takes what is there already into both digests; 0 when nothing of use is. */
  private static long digestOf(Path aside, long most, MessageDigest one, MessageDigest other)
      throws IOException {
    long size;
    try {
      size = Files.size(aside);
    } catch (NoSuchFileException e) {
      return 0;
    }
    if (size > most) {
      return 0;
    }
    try (var in = Files.newInputStream(aside)) {
      var buffer = new byte[1 << 16];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        one.update(buffer, 0, n);
        other.update(buffer, 0, n);
      }
    }
    return size;
  }

  private static void delete(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw RunFault.tryAgain("ScratchFailed", "Cannot delete " + aside + ".", e);
    }
  }

  @Override
  public Artifact put(String uri, byte[] content) {
    throw HubFaults.readOnly(uri);
  }

  @Override
  public ObjectUpload create(String uri) {
    throw HubFaults.readOnly(uri);
  }

  @Override
  public Artifact upload(Path file, String uri) {
    throw HubFaults.readOnly(uri);
  }

  @Override
  public void delete(String uri) {
    throw HubFaults.readOnly(uri);
  }

  @Override
  public int deleteFolder(String folder) {
    throw HubFaults.readOnly(folder);
  }

  @Override
  public void ensureBucket(String uri) {
    throw HubFaults.readOnly(uri);
  }

  @Override
  public void close() {
    client.close();
  }
}
