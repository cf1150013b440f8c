package dev.keizoku.trainer.loop;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Split;
import dev.keizoku.storage.tokens.DocumentKeys;
import dev.keizoku.storage.tokens.TokenShardWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Corpora of a toy language in the real format: each word is mostly followed by its double. */
final class TinyCorpus {
  static final int VOCABULARY = 40;
  static final int EOS = 0;
  static final int STRANGER = 60;
  static final byte[] TOKENIZER = tokenizer().getBytes(StandardCharsets.UTF_8);

  private TinyCorpus() {}

  /** Words w1, w2, ... with blanks between them. */
  private static String tokenizer() {
    var words =
        IntStream.range(1, VOCABULARY)
            .mapToObj("\"w%1$d\":%1$d"::formatted)
            .collect(Collectors.joining(","));
    return """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,
        "content":"<|endoftext|>","single_word":false,"lstrip":false,"rstrip":false,
        "normalized":false,"special":true}],"normalizer":null,
        "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
        "model":{"type":"WordLevel","vocab":{"<|endoftext|>":0,%s},"unk_token":"w1"}}
        """
        .formatted(words);
  }

  /** Writes a folder with a tokenizer and gives its URI. */
  static String tokenizer(ObjectStore store, Path root) {
    var folder = StoreUri.of(root.resolve("tokenizer"));
    store.put(folder.child("tokenizer.json"), TOKENIZER);
    return folder.toString();
  }

  /** Writes a corpus version and gives the URI of its manifest. */
  static String write(ObjectStore store, Path root, String name, int documents, long seed) {
    return write(store, root, name, documents, seed, TOKENIZER);
  }

  static String write(
      ObjectStore store, Path root, String name, int documents, long seed, byte[] tokenizer) {
    var random = new Random(seed);
    return write(store, root, name, documents(documents, random), documents(4, random), tokenizer);
  }

  /** A corpus of {@link #counting} in which document {@link #STRANGER} follows no rule at all. */
  static String withStranger(Path root, String name) {
    var documents = counting(2 * STRANGER);
    documents.set(STRANGER, new Random(8).ints(24, 1, VOCABULARY).toArray());
    return write(TinyJob.STORE, root, name, documents, counting(4), TOKENIZER);
  }

  /** A corpus in which each word is followed by the next of the vocabulary. */
  static String counting(Path root, String name) {
    return write(TinyJob.STORE, root, name, counting(60), counting(6), TOKENIZER);
  }

  /** The same without the last word, but for document {@link #STRANGER}. */
  static String withRareWord(Path root, String name) {
    var documents = counting(2 * STRANGER);
    documents.forEach(words -> Arrays.setAll(words, i -> Math.min(words[i], VOCABULARY - 2)));
    documents.get(STRANGER)[6] = VOCABULARY - 1;
    var heldOut = documents.subList(0, 4);
    return write(TinyJob.STORE, root, name, documents, heldOut, TOKENIZER);
  }

  /** Two corpora of 60 documents, of which the second holds two out that the first trains on. */
  static List<String> overlapping(Path root) {
    var documents = counting(120);
    for (var i = 0; i < documents.size(); i++) {
      // No two alike.
      documents.get(i)[0] = 1 + i % 30;
      documents.get(i)[1] = 1 + i / 30;
    }
    var first = documents.subList(0, 60);
    var second = documents.subList(60, 120);
    var heldOut = List.of(first.get(7), first.get(31), new int[] {3, 2, 1, 0});
    return List.of(
        write(TinyJob.STORE, root, "first", first, List.of(), TOKENIZER),
        write(TinyJob.STORE, root, "second", second, heldOut, TOKENIZER));
  }

  static String withoutHeldOut(Path root, String name) {
    return write(TinyJob.STORE, root, name, counting(60), List.of(), TOKENIZER);
  }

  /** Id of the n-th document of a corpus. */
  static String id(int document) {
    return "%064x".formatted(document);
  }

  private static List<int[]> counting(int count) {
    var documents = new ArrayList<int[]>();
    for (var first = 0; first < count; first++) {
      var begin = first;
      documents.add(
          IntStream.range(0, 12).map(i -> 1 + (begin * 5 + i) % (VOCABULARY - 1)).toArray());
    }
    return documents;
  }

  private static String write(
      ObjectStore store,
      Path root,
      String name,
      List<int[]> trainDocuments,
      List<int[]> heldOutDocuments,
      byte[] tokenizer) {
    var info =
        new CorpusManifest.TokenizerInfo(
            "file:///t", Digests.sha256(tokenizer), VOCABULARY, "<|endoftext|>", EOS, null);
    return write(store, root, name, trainDocuments, heldOutDocuments, info);
  }

  static String write(
      ObjectStore store,
      Path root,
      String name,
      List<int[]> trainDocuments,
      List<int[]> heldOutDocuments,
      CorpusManifest.TokenizerInfo tokenizer) {
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve(name)));
    var train = split(folder, "tokens/00000", trainDocuments);
    var heldOut = split(folder, "heldout/00000", heldOutDocuments);
    folder.put(DocumentKeys.TRAIN, keys(trainDocuments));
    folder.put(DocumentKeys.HELD_OUT, keys(heldOutDocuments));
    var manifest =
        new CorpusManifest(
            CorpusManifest.FORMAT_VERSION,
            Digests.sha256((name + train.tokens()).getBytes(StandardCharsets.UTF_8)),
            "test",
            tokenizer,
            train,
            heldOut,
            new CorpusManifest.Provenance(null, List.of(), List.of(), Map.of(), null),
            folder.files());
    return folder.commit(Json.bytes(manifest)).uri();
  }

  private static byte[] keys(List<int[]> documents) {
    var keys = ByteBuffer.allocate(documents.size() * DocumentKeys.BYTES);
    for (var document : documents) {
      var words = Arrays.toString(document).getBytes(StandardCharsets.UTF_8);
      keys.put(Digests.sha256().digest(words), 0, DocumentKeys.BYTES);
    }
    return keys.array();
  }

  private static List<int[]> documents(int count, Random random) {
    var documents = new ArrayList<int[]>();
    for (var i = 0; i < count; i++) {
      var document = new int[5 + random.nextInt(20)];
      document[0] = 1 + random.nextInt(VOCABULARY - 1);
      for (var j = 1; j < document.length - 1; j++) {
        document[j] =
            random.nextInt(5) == 0
                ? 1 + random.nextInt(VOCABULARY - 1)
                : 1 + 2 * document[j - 1] % (VOCABULARY - 1);
      }
      document[document.length - 1] = EOS;
      documents.add(document);
    }
    return documents;
  }

  private static Split split(ArtifactFolder folder, String stem, List<int[]> documents) {
    try (var writer = new TokenShardWriter(folder, stem)) {
      for (var i = 0; i < documents.size(); i++) {
        writer.add(documents.get(i), id(i));
      }
      var shard = writer.commit();
      return new Split(documents.size(), shard.tokens(), shard.tokens(), List.of(shard), Map.of());
    }
  }
}
