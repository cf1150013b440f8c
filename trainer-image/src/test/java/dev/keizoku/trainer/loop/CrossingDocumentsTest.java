package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.SequencePacking.Style;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing with and without crossing documents, against passes that know of no packing. */
class CrossingDocumentsTest {
  private static final ModelConfig CONFIG = ModelConfig.of(TinyJob.CONFIG);
  private static final RandomWeights WEIGHTS = new RandomWeights(5, 0.3);
  @TempDir Path root;

  private List<PackedSequence> batch(boolean crossing) {
    var uri = StoreUri.parse(TinyCorpus.write(TinyJob.STORE, root, "packed", 60, 1));
    var documents = CorpusReader.open(TinyJob.STORE, uri, null).train(root.resolve("scratch"));
    var corpus = new TrainingData.Corpus("packed", documents, null);
    return new TrainingData(
            List.of(corpus),
            new SequencePacking(32, crossing ? Style.CROSSING : Style.WRAPPED),
            8,
            1)
        .batch(0);
  }

  private double trained(List<PackedSequence> batch) {
    var job = new TinyJob(root, 2, 3, 1);
    try (var trainer =
        DataParallelTrainer.start(
            new CausalLm(CONFIG), Collections.nCopies(2, Device.cpu()), job.run, 1)) {
      trainer.load(WEIGHTS);
      return trainer.gradients(batch).loss();
    }
  }

  /** Mean loss of sequences that are each one plain causal pass from position 0. */
  private static double plain(List<int[]> tokens, List<int[]> targets) {
    try (var model = LoadedModel.load(CONFIG, WEIGHTS, Device.cpu(), DataType.FLOAT32)) {
      var losses = model.losses(tokens.toArray(int[][]::new), targets.toArray(int[][]::new));
      var sum = 0.0;
      var scored = 0;
      for (var i = 0; i < losses.length; i++) {
        for (var j = 0; j < losses[i].length; j++) {
          sum += losses[i][j];
          scored += targets.get(i)[j] >= 0 ? 1 : 0;
        }
      }
      return sum / scored;
    }
  }

  @Test
  void withItASequenceIsOnePlainCausalPass() {
    var batch = batch(true);
    var expected =
        plain(
            batch.stream().map(PackedSequence::tokens).toList(),
            batch.stream().map(PackedSequence::targets).toList());
    assertThat(trained(batch)).isCloseTo(expected, within(1e-5));
    assertThat(expected).isNotCloseTo(trained(batch(false)), within(1e-3));
  }

  @Test
  void withoutItADocumentIsOnePlainCausalPass() {
    var batch = batch(false);
    var parts =
        batch.stream()
            .flatMap(
                s ->
                    s.segments().stream()
                        .map(
                            g ->
                                new int[][] {
                                  cut(s.tokens(), g.start(), g.length()),
                                  cut(s.targets(), g.start(), g.length())
                                }))
            .toList();
    var expected =
        plain(parts.stream().map(p -> p[0]).toList(), parts.stream().map(p -> p[1]).toList());
    assertThat(trained(batch)).isCloseTo(expected, within(1e-5));
  }

  private static int[] cut(int[] values, int from, int count) {
    return IntStream.range(from, from + count).map(i -> values[i]).toArray();
  }

  @Test
  void aRunWithItIsAnotherRun() {
    var job = new TinyJob(root, 1, 1, 5);
    var run = job.copy(Map.of("packing.crossDocuments", true));
    InProcess.run(run, root.resolve("scratch"));
    var apart = job.copyOf(run, Map.of("packing.crossDocuments", false));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> InProcess.run(apart, root.resolve("scratch-apart")))
        .hasMessageContaining("a run with other data, model or hyper-parameters");
  }
}
