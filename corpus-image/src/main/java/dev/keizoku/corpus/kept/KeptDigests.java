package dev.keizoku.corpus.kept;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.corpus.read.KnownDigests;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of objects that were read once, by URI, size and what the store calls the content (in
 * S3 the ETag). Beside the versions, a file a source under {@code kept/objects/}. Safe for use from
 * many threads.
 */
public final class KeptDigests implements KnownDigests {
  private static final Logger LOG = LoggerFactory.getLogger(KeptDigests.class);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parts of what was noted, of which one may be lost. */
  private static final int PARTS = 8;

  private final ObjectStore store;
  private final StoreUri folder;
  private final List<String> sources;
  private final Map<String, Receipt> known = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Those of which something is not kept yet. */
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  private final long partBytes;
  private final AtomicLong noted = new AtomicLong();
  private final AtomicLong unsaved = new AtomicLong();

  private record Receipt(String uri, long bytes, String tag, String sha256) {}

  /**
   * Reads what is kept of the objects of sources.
   *
   * @param folder of what is kept
   * @param partBytes of objects after which their digests are kept before all are known, for a
   *     build that is killed
   */
  public KeptDigests(ObjectStore store, StoreUri folder, List<Source> sources, long partBytes) {
    this.partBytes = partBytes;
    this.store = store;
    this.folder = folder;
    this.sources = sources.stream().map(Source::uri).distinct().toList();
    this.sources.forEach(this::read);
  }

  private StoreUri file(String source) {
    var name = Digests.sha256(source.getBytes(StandardCharsets.UTF_8));
    return folder.child("objects/" + name + ".jsonl.zst");
  }

  private void read(String source) {
    var file = file(source);
    if (store.stat(file).isEmpty()) {
      return;
    }
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStreamNoFinalizer(store.open(file)), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var receipt = JSON.readValue(line, Receipt.class);
        known.put(receipt.uri, receipt);
      }
    } catch (IOException e) {
      // Whatever is not known is read.
      LOG.warn("{} is damaged and is written anew: {}", file, e.getMessage());
      changed.add(source);
    }
  }

  @Override
  public Optional<String> of(ObjectInfo object, String tag) {
    var receipt = known.get(object.uri().toString());
    if (receipt == null || receipt.bytes != object.bytes() || !receipt.tag.equals(tag)) {
      return Optional.empty();
    }
    seen.add(receipt.uri);
    return Optional.of(receipt.sha256);
  }

  @Override
  public void note(ObjectInfo object, String tag, String sha256) {
    var uri = object.uri().toString();
    known.put(uri, new Receipt(uri, object.bytes(), tag, sha256));
    seen.add(uri);
    change(uri);
    // All that is known is written each time, so of much not at each part.
    long part = Math.max(partBytes, noted.addAndGet(object.bytes()) / PARTS);
    if (unsaved.addAndGet(object.bytes()) >= part) {
      saveSoFar();
    }
  }

  private void change(String uri) {
    sources.stream().filter(uri::startsWith).forEach(changed::add);
  }

  /** What was not seen yet may still be there. */
  private synchronized void saveSoFar() {
    if (unsaved.getAndSet(0) > 0) {
      changed.forEach(source -> write(source, known.keySet()));
    }
  }

  @Override
  public synchronized void forget(StoreUri uri) {
    known.remove(uri.toString());
    change(uri.toString());
    save();
  }

  /** Keeps what was seen, of sources of which any is new. */
  public synchronized void save() {
    changed.forEach(source -> write(source, seen));
    changed.clear();
  }

  private void write(String source, Set<String> objects) {
    var own = new TreeMap<String, Receipt>();
    for (var uri : objects) {
      var receipt = known.get(uri);
      if (uri.startsWith(source) && receipt != null) {
        own.put(uri, receipt);
      }
    }
    var packed = new ByteArrayOutputStream();
    try (var lines = new ZstdOutputStreamNoFinalizer(packed)) {
      for (var receipt : own.values()) {
        lines.write(JSON.writeValueAsBytes(receipt));
        lines.write('\n');
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    store.put(file(source), packed.toByteArray());
  }
}
