package dev.keizoku.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.storage.tokens.TokenDocuments;
import dev.keizoku.storage.tokens.TokenShardWriter;
import dev.keizoku.trainer.data.SequencePacking.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  private static final int LENGTH = 8;
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  /** Documents of the given lengths; tokens are numbered through from {@code first}. */
  private TokenDocuments documents(String name, int first, int... lengths) {
    var folder = new ArtifactFolder(store, StoreUri.of(root.resolve(name)));
    CorpusManifest.Shard shard;
    try (var writer = new TokenShardWriter(folder, "tokens/00000")) {
      var next = first;
      for (var length : lengths) {
        var document = new int[length];
        for (var i = 0; i < length; i++) {
          document[i] = next++;
        }
        writer.add(document);
      }
      shard = writer.commit();
    }
    var split =
        new CorpusManifest.Split(
            lengths.length, shard.tokens(), shard.tokens(), List.of(shard), Map.of());
    var manifest = new CorpusManifest(1, name, "test", null, split, split, null, folder.files());
    var uri = StoreUri.parse(folder.commit(Json.bytes(manifest)).uri());
    return CorpusReader.open(store, uri, null).train(root.resolve("scratch"));
  }

  private static TrainingData data(int batch, long seed, TrainingData.Corpus... corpora) {
    return new TrainingData(
        List.of(corpora), new SequencePacking(LENGTH, Style.WRAPPED), batch, seed);
  }

  @Test
  void documentsDoNotSeeNorPredictEachOther() {
    var sequences = HeldOutSet.of("set", documents("packed", 0, 3, 10, 1, 5), LENGTH).sequences();
    assertThat(sequences.getFirst().tokens()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(sequences.getFirst().targets()).containsExactly(1, 2, -1, 4, 5, 6, 7, 8);
    assertThat(sequences.getFirst().segments()).hasSize(2);
    assertThat(sequences.get(1).targets()).containsExactly(9, 10, 11, 12, -1, -1, 15, 16);
    assertThat(sequences.get(1).segments()).hasSize(3);
    assertThat(sequences.get(2).tokens()).containsExactly(16, 17, 18);
    assertThat(sequences.get(2).targets()).containsExactly(17, 18, -1);
    // Of every document but its first token.
    assertThat(HeldOutSet.of("set", documents("packed", 0, 3, 10, 1, 5), LENGTH).scored())
        .isEqualTo(2 + 9 + 0 + 4);
  }

  @Test
  void whereCrossingIsAllowedASequenceIsOneStretchOfText() {
    var corpus = new TrainingData.Corpus("c", documents("crossing", 0, 3, 10, 1, 5), null);
    var apart = data(2, 1, corpus).batch(0);
    var together =
        new TrainingData(List.of(corpus), new SequencePacking(LENGTH, Style.CROSSING), 2, 1)
            .batch(0);
    for (var i = 0; i < 2; i++) {
      assertThat(together.get(i).tokens()).isEqualTo(apart.get(i).tokens());
      assertThat(together.get(i).segments()).containsExactly(new Segment(0, LENGTH));
      // Everything predicts what comes next, also over the end of the sequence.
      assertThat(together.get(i).scored()).isEqualTo(LENGTH);
      assertThat(Arrays.copyOf(together.get(i).targets(), LENGTH - 1))
          .isEqualTo(Arrays.copyOfRange(together.get(i).tokens(), 1, LENGTH));
    }
    assertThat(apart.stream().mapToInt(s -> s.segments().size()).sum()).isGreaterThan(2);
  }

  @Test
  void theLastTokenOfTheStreamPredictsNothing() {
    var corpus = new TrainingData.Corpus("c", documents("end", 0, 3, 5), null);
    var sequence =
        new TrainingData(List.of(corpus), new SequencePacking(LENGTH, Style.CROSSING), 1, 1)
            .batch(0)
            .getFirst();
    assertThat(sequence.targets()[LENGTH - 1]).isEqualTo(-1);
    assertThat(sequence.scored()).isEqualTo(LENGTH - 1);
  }

  @Test
  void theDocumentsOfABatchAreNamed() {
    // Tokens are numbered through, so they tell which document they are of.
    var finance = new TrainingData.Corpus("f", documents("named", 0, 10, 10, 10, 10), null);
    var data = data(2, 3, finance);
    for (var step = 0; step < 5; step++) {
      var expected =
          tokens(data.batch(step)).stream().map(token -> "f#" + token / 10).distinct().toList();
      assertThat(data.documents(step)).isEqualTo(expected);
    }
  }

  @Test
  void anEpochHasEveryTokenOnceAndTheNextIsInAnotherOrder() {
    var corpus = new TrainingData.Corpus("c", documents("epoch", 0, 16, 8, 24, 32), null);
    var data = data(5, 3, corpus);
    assertThat(data.stepsPerEpoch()).isEqualTo(2);
    var first = tokens(data.batch(0), data.batch(1));
    var second = tokens(data.batch(2), data.batch(3));
    assertThat(first).hasSize(80).doesNotHaveDuplicates();
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
  }

  @SafeVarargs
  private static List<Integer> tokens(List<PackedSequence>... batches) {
    var tokens = new ArrayList<Integer>();
    for (var batch : batches) {
      for (var sequence : batch) {
        for (var token : sequence.tokens()) {
          tokens.add(token);
        }
      }
    }
    return tokens;
  }

  @Test
  void aBatchDependsOnNothingButSeedAndStep() {
    var corpus = new TrainingData.Corpus("c", documents("order", 0, 100, 30, 70), null);
    var straight = data(4, 3, corpus);
    straight.batch(0);
    straight.batch(1);
    var jumped = data(4, 3, corpus);
    assertThat(tokens(jumped.batch(2))).isEqualTo(tokens(straight.batch(2)));
    assertThat(tokens(jumped.batch(0))).isNotEqualTo(tokens(jumped.batch(2)));
    assertThat(tokens(jumped.batch(2))).isEqualTo(tokens(data(4, 3, corpus).batch(2)));
    assertThat(tokens(data(4, 4, corpus).batch(2))).isNotEqualTo(tokens(jumped.batch(2)));
  }

  @Test
  void weightsAreSharesAtEveryMoment() {
    var finance = new TrainingData.Corpus("f", documents("f", 0, 800), 3.0);
    var general = new TrainingData.Corpus("g", documents("g", 1000, 160), 1.0);
    var data = data(8, 1, finance, general);
    assertThat(data.stepsPerEpoch()).isCloseTo(100 / 0.75 / 8, within(1e-9));
    for (var step = 0; step < 16; step++) {
      var bySource = new HashMap<Integer, Integer>();
      data.batch(step).forEach(s -> bySource.merge(s.source(), 1, Integer::sum));
      assertThat(bySource).containsEntry(0, 6).containsEntry(1, 2);
    }
  }

  @Test
  void aCorpusThatFillsNoSequenceIsRefused() {
    var tiny = new TrainingData.Corpus("tiny", documents("tiny", 0, 7), null);
    assertThatThrownBy(() -> data(1, 1, tiny)).hasMessageContaining("tiny has 7 tokens");
  }

  @Test
  void fittedDocumentsComeWholeOnceAnEpochInAnOrderOfItsOwn() {
    var lengths = new int[] {3, 8, 1, 5, 5, 2, 20, 7};
    var corpus = new TrainingData.Corpus("c", documents("fitted", 0, lengths), null);
    var packing = new SequencePacking(LENGTH, Style.BEST_FIT);
    var data = new TrainingData(List.of(corpus), packing, 1, 9);
    var sequences = (int) data.stepsPerEpoch();
    assertThat(data.tokensPerSequence() * sequences).isEqualTo(51);
    assertThat(packing.size("c", 51, () -> lengths, null).sequences()).isEqualTo(sequences);
    var epochs = new ArrayList<List<List<Integer>>>();
    for (var epoch = 0; epoch < 2; epoch++) {
      var seen = new ArrayList<List<Integer>>();
      for (var step = 0; step < sequences; step++) {
        var sequence = data.batch((long) epoch * sequences + step).getFirst();
        for (var segment : sequence.segments()) {
          var part =
              Arrays.copyOfRange(
                  sequence.tokens(), segment.start(), segment.start() + segment.length());
          seen.add(Arrays.stream(part).boxed().toList());
          // What follows is predicted, but for the last token of a document.
          var last = sequence.targets()[segment.start() + segment.length() - 1];
          assertThat(last == -1 || last == part[part.length - 1] + 1).isTrue();
        }
      }
      assertThat(seen.stream().flatMap(List::stream).sorted().toList())
          .isEqualTo(IntStream.range(0, 51).boxed().toList());
      epochs.add(seen);
    }
    assertThat(epochs.getFirst()).isNotEqualTo(epochs.getLast());
    // Whoever goes on from the middle gets the same.
    assertThat(
            new TrainingData(List.of(corpus), packing, 1, 9)
                .batch(sequences + 2)
                .getFirst()
                .tokens())
        .isEqualTo(data.batch(sequences + 2).getFirst().tokens());
  }

  @Test
  void documentsThatAreLeftOutNeverCome() {
    var documents = documents("left", 0, 4, 6, 10, 4, 8);
    var leftOut = new BitSet();
    leftOut.set(2);
    for (var style : Style.values()) {
      var corpus = new TrainingData.Corpus("c", documents, leftOut, null);
      var data = new TrainingData(List.of(corpus), new SequencePacking(LENGTH, style), 1, 4);
      for (var step = 0; step < 12; step++) {
        assertThat(IntStream.of(data.batch(step).getFirst().tokens()))
            .noneMatch(token -> token >= 10 && token < 20);
        assertThat(data.documents(step)).doesNotContain("c#2");
      }
      assertThat(data.stepsPerEpoch()).isEqualTo(style == Style.BEST_FIT ? 3.0 : 2.0);
    }
  }
}
