package dev.keizoku.corpus.reject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * All rejects of a run: counts by source and reason, and the first of each by place. Safe for use
 * from many threads; their number leaves no trace.
 */
public final class Rejects {
  /** How many of a source and reason are listed by place; the others are only counted. */
  static final int LISTED = 10_000;

  private static final Comparator<Reject> BY_ORDER = Comparator.comparingLong(Reject::order);

  private final List<Map<RejectReason, Tally>> sources = new ArrayList<>();

  /**
   * @param sources how many there are in the run
   */
  public Rejects(int sources) {
    for (int i = 0; i < sources; i++) {
      this.sources.add(new EnumMap<>(RejectReason.class));
    }
  }

  /** Counts one. */
  public synchronized void add(Reject reject) {
    var tally = sources.get(reject.source()).computeIfAbsent(reject.reason(), r -> new Tally());
    tally.documents++;
    tally.bytes += reject.bytes();
    tally.first.add(reject);
    if (tally.first.size() > LISTED) {
      tally.first.remove();
    }
  }

  /** How many a source has. */
  public synchronized long documents(int source) {
    return sources.get(source).values().stream().mapToLong(tally -> tally.documents).sum();
  }

  /** Bytes of a source's files and entries that could not be read. */
  public synchronized long bytes(int source) {
    return sources.get(source).values().stream().mapToLong(tally -> tally.bytes).sum();
  }

  /** How many all sources have. */
  public synchronized long documents() {
    long all = 0;
    for (int source = 0; source < sources.size(); source++) {
      all += documents(source);
    }
    return all;
  }

  /** Counts of a source by the reason's word. */
  public synchronized Map<String, Long> counts(int source) {
    var counts = new TreeMap<String, Long>();
    sources.get(source).forEach((reason, tally) -> counts.put(reason.word(), tally.documents));
    return counts;
  }

  /** The first 10,000 of each source and reason, in the order of reading. */
  public synchronized List<Reject> listed() {
    return sources.stream()
        .flatMap(reasons -> reasons.values().stream())
        .flatMap(tally -> tally.first.stream())
        .sorted(BY_ORDER)
        .toList();
  }

  /** The first of each reason of a source, the most frequent reason first. */
  public synchronized List<Reject> worst(int source) {
    return sources.get(source).entrySet().stream()
        .sorted(
            Map.Entry.<RejectReason, Tally>comparingByValue(
                    Comparator.comparingLong(tally -> -tally.documents))
                .thenComparing(Map.Entry.comparingByKey()))
        .map(reason -> reason.getValue().first.stream().min(BY_ORDER).orElseThrow())
        .toList();
  }

  private static final class Tally {
    private long documents;
    private long bytes;
    // The latest is at the head, to go first.
    private final PriorityQueue<Reject> first = new PriorityQueue<>(BY_ORDER.reversed());
  }
}
