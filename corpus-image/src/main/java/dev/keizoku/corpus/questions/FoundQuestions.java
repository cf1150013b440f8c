package dev.keizoku.corpus.questions;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.decontaminate.Hit;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.storage.tokens.CorpusManifest.BenchmarkHits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * Questions of benchmarks that stand in documents: counts, and the first of each benchmark by
 * place. Safe for use from many threads; their number leaves no trace.
 */
public final class FoundQuestions {
  /** How many of a benchmark are listed by place; the others are only counted. */
  static final int LISTED = 10_000;

  private static final int EXCERPT = 200;
  private static final Comparator<Place> BY_ORDER =
      Comparator.comparingLong((Place place) -> place.entry.order())
          .thenComparingInt(place -> place.hit.from())
          .thenComparingInt(place -> place.hit.items().getFirst());

  private final BenchmarkQuestions questions;
  private final List<Tally> tallies = new ArrayList<>();

  /**
   * @param questions what is looked for
   */
  public FoundQuestions(BenchmarkQuestions questions) {
    this.questions = questions;
    questions.sets().forEach(set -> tallies.add(new Tally()));
  }

  /**
   * A question in a document.
   *
   * @param entry the document
   * @param hit the question
   * @param excerpt the text at the place, 200 characters at most
   */
  public record Place(DocumentEntry entry, Hit hit, String excerpt) {

    /**
     * The questions of one document.
     *
     * @param text the document as it came
     */
    public static List<Place> of(DocumentEntry entry, List<Hit> hits, String text) {
      return hits.stream()
          .map(hit -> new Place(entry, hit, FoundQuestions.excerpt(text, hit)))
          .toList();
    }
  }

  private static final class Tally {
    private final BitSet items = new BitSet();
    private long documents;
    private long lastDocument = -1;
    // The latest is at the head, to go first.
    private final PriorityQueue<Place> first = new PriorityQueue<>(BY_ORDER.reversed());
  }

  /** Notes what one document held. */
  public synchronized void add(List<Place> ofDocument) {
    for (var place : ofDocument) {
      var tally = tallies.get(place.hit.benchmark());
      place.hit.items().forEach(tally.items::set);
      if (tally.lastDocument != place.entry.order()) {
        tally.lastDocument = place.entry.order();
        tally.documents++;
      }
      tally.first.add(place);
      if (tally.first.size() > LISTED) {
        tally.first.remove();
      }
    }
  }

  private static String excerpt(String text, Hit hit) {
    int end = Math.min(text.length(), Math.min(hit.to() + 1, hit.from() + EXCERPT));
    return text.substring(hit.from(), end);
  }

  /** A row a benchmark, in the order of the run. */
  public synchronized List<BenchmarkHits> rows() {
    var rows = new ArrayList<BenchmarkHits>();
    for (int i = 0; i < tallies.size(); i++) {
      var set = questions.sets().get(i);
      var tally = tallies.get(i);
      rows.add(
          new BenchmarkHits(
              set.name(),
              set.sha256(),
              set.questions(),
              tally.items.stream().boxed().toList(),
              tally.documents));
    }
    return rows;
  }

  /** The first 10,000 of each benchmark, in the order of reading. */
  public synchronized List<Place> listed() {
    return tallies.stream().flatMap(tally -> tally.first.stream().sorted(BY_ORDER)).toList();
  }

  /** The benchmark of a place. */
  public String benchmark(Place place) {
    return questions.sets().get(place.hit.benchmark()).name();
  }

  /** Whether no question was found. */
  public synchronized boolean isEmpty() {
    return tallies.stream().allMatch(tally -> tally.documents == 0);
  }

  /**
   * The fault of a run that publishes nothing with questions in it.
   *
   * @param list where all of them are
   */
  public RunFault refusal(CorpusRun run, String list) {
    var first = listed().getFirst();
    var counts =
        rows().stream()
            .filter(row -> row.documents() > 0)
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "%s %,d of %,d questions in %,d documents",
                        row.name(),
                        row.found().size(),
                        row.questions(),
                        row.documents()))
            .collect(Collectors.joining(", "));
    return RunFault.userError(
        Reason.BENCHMARK_QUESTIONS_FOUND,
        ("Documents hold questions of benchmarks, and nothing is published: %s (the first: source"
                + " '%s', question %s#%d: %s). All are in %s; leave these documents out, or set"
                + " decontaminate.onHit to Drop, Cut or Report.")
            .formatted(
                counts,
                run.sources().get(first.entry.source()).name(),
                benchmark(first),
                first.hit.items().getFirst(),
                first.excerpt.replaceAll("\\s+", " "),
                list));
  }
}
