package dev.keizoku.corpus.questions;

import dev.keizoku.benchmark.Doc;
import dev.keizoku.benchmark.QuestionSets;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Decontamination.Benchmark;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.decontaminate.Question;
import dev.keizoku.corpus.decontaminate.QuestionIndex;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions that a corpus must not hold: those of the evaluation's own tasks, read from the
 * same files, and those of files that a run names.
 *
 * @param sets one a benchmark, in the order of the run
 * @param questions of all of them
 */
public record BenchmarkQuestions(List<QuestionSet> sets, List<Question> questions) {

  /**
   * What is told of a benchmark.
   *
   * @param name its name
   * @param sha256 digest of its questions' texts
   * @param questions how many
   */
  public record QuestionSet(String name, String sha256, int questions) {}

  /**
   * Reads them all.
   *
   * @throws RunFault user errors {@code UnknownTask}, {@code BenchmarkUnreadable} and the store's
   */
  public static BenchmarkQuestions read(ObjectStore store, Decontamination decontamination) {
    var sets = new ArrayList<QuestionSet>();
    var all = new ArrayList<Question>();
    for (var benchmark : decontamination.benchmarks()) {
      var questions =
          benchmark.uri() == null
              ? carried(sets.size(), benchmark.name())
              : QuestionFile.read(store, StoreUri.parse(benchmark.uri()), sets.size());
      sets.add(new QuestionSet(benchmark.name(), digest(questions), questions.size()));
      all.addAll(questions);
    }
    return new BenchmarkQuestions(List.copyOf(sets), List.copyOf(all));
  }

  private static List<Question> carried(int number, String name) {
    return QuestionSets.read(name)
        .orElseThrow(
            () ->
                RunFault.userError(
                    Reason.UNKNOWN_TASK,
                    ("There is no task '%s' whose questions are known; choose one of %s, or name a"
                            + " file of questions in decontaminate.benchmarks[].uri.")
                        .formatted(name, String.join(", ", QuestionSets.names()))))
        .stream()
        .map(doc -> question(number, doc))
        .toList();
  }

  private static Question question(int number, Doc doc) {
    var texts = doc.variables().values().stream().sorted().toList();
    return new Question(number, doc.index(), texts, doc.choices());
  }

  private static String digest(List<Question> questions) {
    var texts = questions.stream().map(q -> List.of(q.texts(), q.choices())).toList();
    return Digests.sha256(Json.bytes(texts));
  }

  /**
   * The index that finds them.
   *
   * @param minShare of a text that must stand in a row, 0 to 1
   * @throws RunFault user error {@code BenchmarkUnreadable} when they are too many
   */
  public QuestionIndex index(double minShare) {
    try {
      return QuestionIndex.of(questions, minShare);
    } catch (IllegalArgumentException e) {
      throw RunFault.userError(
          Reason.BENCHMARK_UNREADABLE,
          "Too much to look for: %s, and %d is the most; name fewer in decontaminate.benchmarks."
              .formatted(e.getMessage(), QuestionIndex.MAX_CHARACTERS));
    }
  }

  /** The run's benchmarks by name, for a sentence. */
  public static List<String> names(Decontamination decontamination) {
    return decontamination.benchmarks().stream().map(Benchmark::name).toList();
  }
}
