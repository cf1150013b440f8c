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

  private final ObjectStore store;
  private final StoreUri folder;
  private final List<String> sources;
  private final Map<String, Receipt> known = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile boolean changed;

  private record Receipt(String uri, long bytes, String tag, String sha256) {}

  /**
   * Reads what is kept of the objects of sources.
   *
   * @param folder of what is kept
   */
  public KeptDigests(ObjectStore store, StoreUri folder, List<Source> sources) {
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
      changed = true;
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
    changed = true;
  }

  @Override
  public synchronized void forget(StoreUri uri) {
    known.remove(uri.toString());
    changed = true;
    save();
  }

  /** Keeps what was seen, if any of it is new. */
  public synchronized void save() {
    if (changed) {
      sources.forEach(this::write);
      changed = false;
    }
  }

  private void write(String source) {
    var own = new TreeMap<String, Receipt>();
    for (var uri : seen) {
      if (uri.startsWith(source) && known.containsKey(uri)) {
        own.put(uri, known.get(uri));
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
