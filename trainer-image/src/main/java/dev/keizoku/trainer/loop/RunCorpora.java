package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusReader;
import dev.keizoku.storage.tokens.TokenDocuments;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.trainer.data.HeldOutOverlap;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.data.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The corpora of a run, fetched and checked against the model's tokenizer. */
final class RunCorpora implements AutoCloseable {
  private final List<TokenDocuments> opened = new ArrayList<>();
  private final List<TrainingData.Corpus> training = new ArrayList<>();
  private final List<HeldOutSet> heldOut = new ArrayList<>();
  private final List<HeldOutOverlap> overlaps = new ArrayList<>();
  private final Map<String, String> digests = new LinkedHashMap<>();
  private int eosId = -1;

  private RunCorpora() {}

  /**
   * Fetches all corpora of a run.
   *
   * @param scratch local folder
   * @param fetched called as they come, with how many more bytes are here
   * @throws RunFault user errors {@code TokenizerMismatch}, {@code BosMismatch}, {@code NoHeldOut},
   *     {@code HeldOutTrainedOn} and those of the corpus reader
   */
  static RunCorpora open(
      TrainRun run, StartModel model, ObjectStore store, Path scratch, LongConsumer fetched) {
    var corpora = new RunCorpora();
    var trained = readers(run.data(), data -> corpora.open(data, model, store));
    var measured = readers(run.evaluation(), data -> corpora.open(data, model, store));
    measured.forEach(RunCorpora::requireHeldOut);
    corpora.overlaps.addAll(HeldOutOverlap.find(trained, measured, run.guards().heldOutOverlap()));
    for (var data : run.data()) {
      var reader = trained.get(data.name());
      var documents = corpora.keep(reader.train(scratch, fetched));
      corpora.training.add(
          new TrainingData.Corpus(
              data.name(), documents, corpora.leftOut(data.name()), data.weight()));
      corpora.addHeldOut(data.name(), reader, run, scratch);
    }
    measured.forEach(
        (name, reader) -> {
          if (!trained.containsKey(name)) {
            corpora.addHeldOut(name, reader, run, scratch);
          }
        });
    return corpora;
  }

  /** Opens corpora, by their names. */
  static Map<String, CorpusReader> readers(
      List<TrainRun.Data> named, Function<TrainRun.Data, CorpusReader> open) {
    var readers = new LinkedHashMap<String, CorpusReader>();
    named.forEach(data -> readers.put(data.name(), open.apply(data)));
    return readers;
  }

  private static void requireHeldOut(String name, CorpusReader reader) {
    if (reader.manifest().heldOut().tokens() == 0) {
      throw RunFault.userError(
          Reason.NO_HELD_OUT,
          "evaluation names the corpus %s, which has no held-out documents; build it with heldOut."
              .formatted(name));
    }
  }

  /** Documents that are not trained on, as another corpus holds them out. */
  List<HeldOutOverlap> overlaps() {
    return overlaps;
  }

  private BitSet leftOut(String corpus) {
    return overlaps.stream()
        .filter(overlap -> overlap.corpus().equals(corpus))
        .map(HeldOutOverlap::documents)
        .findFirst()
        .orElseGet(BitSet::new);
  }

  private CorpusReader open(TrainRun.Data data, StartModel model, ObjectStore store) {
    var reader = reader(data, model, store);
    eosId = reader.manifest().tokenizer().eosId();
    digests.put(data.name(), reader.sha256());
    return reader;
  }

  /**
   * Opens a corpus and checks that it was built for the model; nothing but the manifest is read.
   */
  static CorpusReader reader(TrainRun.Data data, StartModel model, ObjectStore store) {
    var reader = CorpusReader.open(store, StoreUri.parse(data.uri()), data.sha256());
    var tokenizer = reader.manifest().tokenizer();
    if (!model.tokenizer().areThoseOf(tokenizer.sha256())) {
      throw RunFault.userError(
          Reason.TOKENIZER_MISMATCH,
          ("The corpus %s was tokenized with another tokenizer (%s) than the model's; build it with"
                  + " the model's tokenizer.")
              .formatted(data.name(), tokenizer.uri()));
    }
    if (tokenizer.vocabSize() > model.config().vocabularySize()) {
      throw RunFault.userError(
          Reason.TOKENIZER_MISMATCH,
          "The corpus %s has token ids up to %d, but the model's vocab_size is %d."
              .formatted(data.name(), tokenizer.vocabSize() - 1, model.config().vocabularySize()));
    }
    requireStart(data.name(), tokenizer.bosId(), model.tokenizer().start());
    return reader;
  }

  private static void requireStart(String corpus, Integer bosId, TextStart start) {
    if (Objects.equals(bosId, start.named())) {
      return;
    }
    throw RunFault.userError(
        Reason.BOS_MISMATCH,
        start.bosId().isPresent()
            ? "The documents of the corpus %s begin with %s, but the training begins a text with the BOS token %d, as its tokenizer does unless addBosToken says otherwise; build the corpus again with addBosToken: true, or set addBosToken: false for the training."
                .formatted(corpus, bosId == null ? "no BOS token" : "token " + bosId, start.named())
            : "The documents of the corpus %s begin with the BOS token %d, but the training begins a text with none; build the corpus again with addBosToken: false, or set addBosToken: true for the training."
                .formatted(corpus, bosId));
  }

  private TokenDocuments keep(TokenDocuments documents) {
    opened.add(documents);
    return documents;
  }

  private void addHeldOut(String name, CorpusReader reader, TrainRun run, Path scratch) {
    if (reader.manifest().heldOut().tokens() > 0) {
      var documents = keep(reader.heldOut(scratch));
      heldOut.add(HeldOutSet.of(name, documents, run.training().sequenceLength()));
    }
  }

  List<TrainingData.Corpus> training() {
    return training;
  }

  List<HeldOutSet> heldOut() {
    return heldOut;
  }

  /** Manifest digests by name. */
  Map<String, String> digests() {
    return digests;
  }

  /** Id of the token that ends a document. */
  int eosId() {
    return eosId;
  }

  @Override
  public void close() {
    opened.forEach(TokenDocuments::close);
  }
}
