package dev.keizoku.trainer.data;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All training sequences in their order. Batch {@code n} is a function of the corpora, their
 * weights, the sequence length and the seed: not of the number of devices, and not of what was read
 * before.
 *
 * <p>Without weights the corpora are one: every sequence comes once an epoch. With weights their
 * share of the sequences is their share of the weights, and an epoch is one pass over the first;
 * the others are begun again, or not finished, as their share wants.
 */
public final class TrainingData {
  private final List<TrainingSource> sources = new ArrayList<>();
  private final List<String> names;
  private final EpochLength epoch;
  private final int batchSize;
  private Mixture mixture;
  private long nextBatch;

  /**
   * A corpus to train on.
   *
   * @param name for messages and names of documents
   * @param documents its training split
   * @param leftOut numbers of the documents that are not trained on
   * @param weight relative sampling weight; null for every corpus: by their sizes
   */
  public record Corpus(String name, TokenDocuments documents, BitSet leftOut, Double weight) {

    /** All of a corpus. */
    public Corpus(String name, TokenDocuments documents, Double weight) {
      this(name, documents, new BitSet(), weight);
    }

    /** Tokens of each document, 0 of those that are left out. */
    int[] lengths() {
      return IntStream.range(0, documents.documents())
          .map(document -> leftOut.get(document) ? 0 : documents.length(document))
          .toArray();
    }

    /** Tokens that are trained on. */
    long tokens() {
      return documents.tokens() - leftOut.stream().mapToLong(documents::length).sum();
    }

    private EpochLength.Size size(SequencePacking packing) {
      return packing.size(name, tokens(), this::lengths, weight);
    }
  }

  /**
   * @param corpora at least one
   * @param packing of their documents into sequences
   * @param batchSize sequences a step
   * @throws RunFault user error {@code CorpusTooSmall} when a corpus does not fill one sequence
   */
  public TrainingData(List<Corpus> corpora, SequencePacking packing, int batchSize, long seed) {
    this.batchSize = batchSize;
    names = corpora.stream().map(Corpus::name).toList();
    epoch =
        EpochLength.of(
            corpora.stream().map(corpus -> corpus.size(packing)).toList(), packing.length());
    for (var corpus : corpora) {
      sources.add(new TrainingSource(corpus, sources.size(), packing, seed));
    }
    mixture = new Mixture(epoch.weights());
  }

  /** Steps of one epoch; not a whole number in general. */
  public double stepsPerEpoch() {
    return epoch.steps(batchSize);
  }

  /** Tokens of a sequence in the mean; not a whole number where documents are fitted. */
  public double tokensPerSequence() {
    return epoch.tokensPerSequence();
  }

  /** The batch of a step, 0 or more; going back in steps starts the count again. */
  public List<PackedSequence> batch(long step) {
    return draws(step).stream()
        .map(draw -> sources.get(draw.source()).sequence(draw.number()))
        .toList();
  }

  /**
   * Which documents the batch of a step has tokens of, each once: {@code corpus/id} with the id of
   * the corpus version's {@code documents/*.parquet}, or {@code corpus#row} with the row there,
   * from 0, where a version has no ids.
   */
  public List<String> documents(long step) {
    return draws(step).stream()
        .flatMap(
            draw ->
                sources.get(draw.source()).documents(draw.number()).stream()
                    .map(name -> names.get(draw.source()) + name))
        .distinct()
        .toList();
  }

  private List<Mixture.Draw> draws(long step) {
    if (step < nextBatch) {
      mixture = new Mixture(epoch.weights());
      nextBatch = 0;
    }
    for (; nextBatch < step; nextBatch++) {
      for (var i = 0; i < batchSize; i++) {
        mixture.next();
      }
    }
    var draws = new ArrayList<Mixture.Draw>(batchSize);
    for (var i = 0; i < batchSize; i++) {
      draws.add(mixture.next());
    }
    nextBatch++;
    return draws;
  }
}
