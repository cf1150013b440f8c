package dev.keizoku.storage.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.storage.open.StoreRouter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  private static final byte[] KEY = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  @Test
  void numbersDocumentsThroughTheShards() {
    var written = corpus(new int[][] {{1, 0}, {2, 2, 0}}, new int[][] {{3, 0}});
    var corpus = CorpusReader.open(store, StoreUri.parse(written.uri()), written.sha256());
    try (var train = corpus.train(root.resolve("scratch"))) {
      assertThat(train.documents()).isEqualTo(3);
      assertThat(train.tokens()).isEqualTo(7);
      assertThat(train.document(1)).containsExactly(2, 2, 0);
      assertThat(train.document(2)).containsExactly(3, 0);
      assertThat(train.length(2)).isEqualTo(2);
      var part = new int[2];
      train.copy(1, 1, part, 0, 2);
      assertThat(part).containsExactly(2, 0);
      assertThatThrownBy(() -> train.document(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    try (var heldOut = corpus.heldOut(root.resolve("scratch"))) {
      assertThat(heldOut.documents()).isZero();
    }
  }

  @Test
  void tellsTheIdsOfDocumentsWhereThereAreAny() {
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("v")));
    var shards = new java.util.ArrayList<CorpusManifest.Shard>();
    for (var shard = 0; shard < 2; shard++) {
      try (var writer = new TokenShardWriter(folder, "tokens/%05d".formatted(shard))) {
        writer.add(new int[] {1, 0}, "%064x".formatted(10 * shard + 1));
        writer.add(new int[] {2, 0}, "%064x".formatted(10 * shard + 2));
        shards.add(writer.commit());
      }
    }
    var written = commit(folder, shards);
    try (var train =
        CorpusReader.open(store, StoreUri.parse(written.uri()), null)
            .train(root.resolve("scratch"))) {
      assertThat(train.id(0)).contains("%064x".formatted(1));
      assertThat(train.id(3)).contains("%064x".formatted(12));
    }
    var without = corpus(new int[][] {{1, 0}});
    try (var train =
        CorpusReader.open(store, StoreUri.parse(without.uri()), null).train(root.resolve("s2"))) {
      assertThat(train.id(0)).isEmpty();
    }
  }

  @Test
  void refusesAManifestThatWasReplaced() {
    var written = corpus(new int[][] {{1, 0}});
    assertThatThrownBy(
            () -> CorpusReader.open(store, StoreUri.parse(written.uri()), "0".repeat(64)))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("does not have the pinned sha256");
  }

  @Test
  void refusesAShardThatWasDamaged() throws IOException {
    var written = corpus(new int[][] {{1, 0}});
    Files.write(root.resolve("v/tokens/00000.bin"), new byte[8]);
    var corpus = CorpusReader.open(store, StoreUri.parse(written.uri()), written.sha256());
    assertThatThrownBy(() -> corpus.train(root.resolve("scratch")))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("tokens/00000.bin does not have the pinned sha256");
    assertThat(root.resolve("scratch/v/tokens/00000.bin")).doesNotExist();
  }

  private CorpusReader withKeys(long documents, ManifestFile keys, ObjectStore from) {
    var split = new CorpusManifest.Split(documents, 0, 0, List.of(), Map.of());
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("v")));
    var written =
        folder.commit(
            Json.bytes(
                new CorpusManifest(1, "v", "test", null, split, split, null, List.of(keys))));
    return CorpusReader.open(from, StoreUri.parse(written.uri()), null);
  }

  /** Of 134 million documents on they fit no array. */
  @Test
  void keysAreReadAsTheyComeHoweverManyThereAre() {
    var documents = (1L << 27) + 1;
    var few =
        new ArtifactFolder(store, StoreUri.of(root.resolve("v"))).put(DocumentKeys.TRAIN, KEY);
    var many = new ManifestFile(few.path(), documents * DocumentKeys.BYTES, "0".repeat(64));
    var found = new TreeMap<Integer, DocumentKeys.Key>();
    var corpus = withKeys(documents, many, store);
    assertThatThrownBy(() -> corpus.trainKeys(found::put))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("train.keys does not have the pinned sha256");
    assertThat(found).containsExactly(Map.entry(0, new DocumentKeys.Key(0, 7)));
  }

  @Test
  void keysComeInOrderHoweverTheStoreCutsThem() {
    var file = ByteBuffer.allocate(3 * DocumentKeys.BYTES);
    LongStream.range(0, 6).forEach(file::putLong);
    var crumbs =
        new ForwardingStore(store) {
          @Override
          public InputStream open(StoreUri uri) {
            return new FilterInputStream(super.open(uri)) {
              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(7, length));
              }
            };
          }
        };
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("v")));
    var listed = folder.put(DocumentKeys.HELD_OUT, file.array());
    var found = new TreeMap<Integer, DocumentKeys.Key>();
    assertThat(withKeys(3, listed, crumbs).heldOutKeys(found::put)).isTrue();
    assertThat(found)
        .containsExactly(
            Map.entry(0, new DocumentKeys.Key(0, 1)),
            Map.entry(1, new DocumentKeys.Key(2, 3)),
            Map.entry(2, new DocumentKeys.Key(4, 5)));
    assertThat(withKeys(3, listed, crumbs).trainKeys(found::put)).isFalse();
    var other = withKeys(4, listed, crumbs);
    assertThatThrownBy(() -> other.heldOutKeys(found::put))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("has keys of 3 documents and not of 4; build the corpus again");
  }

  private Artifact corpus(int[][]... shards) {
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("v")));
    var list = new java.util.ArrayList<CorpusManifest.Shard>();
    for (var documents : shards) {
      try (var writer = new TokenShardWriter(folder, "tokens/%05d".formatted(list.size()))) {
        for (var ids : documents) {
          writer.add(ids);
        }
        list.add(writer.commit());
      }
    }
    return commit(folder, list);
  }

  private static Artifact commit(ArtifactFolder folder, List<CorpusManifest.Shard> list) {
    var train = new CorpusManifest.Split(0, 0, 0, list, Map.of());
    var none = new CorpusManifest.Split(0, 0, 0, List.of(), Map.of());
    return folder.commit(
        Json.bytes(new CorpusManifest(1, "v", "test", null, train, none, null, folder.files())));
  }
}
