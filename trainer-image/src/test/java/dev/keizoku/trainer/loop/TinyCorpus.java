package dev.keizoku.trainer.loop;

import dev.keizoku.storage.ArtifactFolder;
import dev.keizoku.storage.Digests;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Split;
import dev.keizoku.storage.tokens.TokenShardWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Corpora of a toy language in the real format: each word is mostly followed by its double. */
final class TinyCorpus {
  static final int VOCABULARY = 40;
  static final int EOS = 0;
  static final byte[] TOKENIZER = "{\"version\":\"1.0\"}".getBytes(StandardCharsets.UTF_8);

  private TinyCorpus() {}

  /** Writes a folder with a tokenizer and gives its URI. */
  static String tokenizer(ObjectStore store, Path root) {
    var folder = StoreUri.ofPath(root.resolve("tokenizer"));
    store.put(folder + "/tokenizer.json", TOKENIZER);
    return folder;
  }

  /** Writes a corpus version and gives the URI of its manifest. */
  static String write(ObjectStore store, Path root, String name, int documents, long seed) {
    return write(store, root, name, documents, seed, TOKENIZER);
  }

  static String write(
      ObjectStore store, Path root, String name, int documents, long seed, byte[] tokenizer) {
    var folder = new ArtifactFolder(store, StoreUri.ofPath(root.resolve(name)));
    var random = new Random(seed);
    var train = split(folder, "tokens/00000", documents, random);
    var heldOut = split(folder, "heldout/00000", 4, random);
    var manifest =
        new CorpusManifest(
            CorpusManifest.FORMAT_VERSION,
            Digests.sha256((name + seed).getBytes(StandardCharsets.UTF_8)),
            "test",
            new CorpusManifest.TokenizerInfo(
                "file:///t", Digests.sha256(tokenizer), VOCABULARY, "<|endoftext|>", EOS),
            train,
            heldOut,
            new CorpusManifest.Provenance(null, List.of(), List.of(), Map.of()),
            folder.files());
    return folder.commit(Json.bytes(manifest)).uri();
  }

  private static Split split(ArtifactFolder folder, String stem, int documents, Random random) {
    try (var writer = new TokenShardWriter(folder, stem)) {
      for (var i = 0; i < documents; i++) {
        var document = new int[5 + random.nextInt(20)];
        document[0] = 1 + random.nextInt(VOCABULARY - 1);
        for (var j = 1; j < document.length - 1; j++) {
          document[j] =
              random.nextInt(5) == 0
                  ? 1 + random.nextInt(VOCABULARY - 1)
                  : 1 + 2 * document[j - 1] % (VOCABULARY - 1);
        }
        document[document.length - 1] = EOS;
        writer.add(document);
      }
      var shard = writer.commit();
      return new Split(documents, shard.tokens(), shard.tokens(), List.of(shard), Map.of());
    }
  }
}
