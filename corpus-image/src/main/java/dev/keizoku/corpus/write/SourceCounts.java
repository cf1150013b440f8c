package dev.keizoku.corpus.write;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.paragraph.Paragraphs;
import dev.keizoku.corpus.reject.LeftOutFiles;
import dev.keizoku.corpus.reject.Rejects;
import dev.keizoku.corpus.report.Histograms;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/** What became of the documents of each source. Not safe for use from many threads. */
public final class SourceCounts {
  private final List<Tally> tallies = new ArrayList<>();
  private final List<CorpusRun.Source> sources;
  private final Histograms histograms = new Histograms();

  public SourceCounts(List<CorpusRun.Source> sources) {
    this.sources = sources;
    sources.forEach(source -> tallies.add(new Tally()));
  }

  /** A document is kept. */
  public void kept(DocumentEntry entry, boolean heldOut) {
    var tally = tallies.get(entry.source());
    tally.kept++;
    tally.heldOut += heldOut ? 1 : 0;
    tally.characters += entry.characters();
  }

  /** A document is dropped. */
  public void dropped(DroppedDocument document) {
    tallies.get(document.entry().source()).dropped.merge(document.reason(), 1L, Long::sum);
  }

  /**
   * What could not be read or was left out.
   *
   * @param files by source, how many files and entries were taken
   */
  public void unread(Rejects rejects, LeftOutFiles leftOut, IntToLongFunction files) {
    for (int i = 0; i < tallies.size(); i++) {
      var tally = tallies.get(i);
      tally.rejected = rejects.counts(i);
      tally.rejectedBytes = rejects.bytes(i);
      tally.leftOut = leftOut.counts(i);
      tally.files = files.applyAsLong(i);
      tally.rejected.forEach((reason, count) -> tally.dropped.merge(reason, count, Long::sum));
    }
  }

  /** A kept document is written. */
  void written(DocumentEntry entry, Map<String, String> attributes, int tokens) {
    var tally = tallies.get(entry.source());
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(Paragraphs.REMOVED)) {
            var rule = name.substring(Paragraphs.REMOVED.length());
            tally.paragraphs.merge(rule, Long.parseLong(value), Long::sum);
          }
        });
    tally.written++;
    tally.tokens += tokens;
    histograms.document(tokens, entry.date());
    if (entry.cluster() != null && entry.cluster().id().equals(entry.id())) {
      histograms.cluster(entry.cluster().size());
    }
  }

  /** What the documents are like that were written. */
  public Histograms histograms() {
    return histograms;
  }

  /** Documents written so far. */
  long documents() {
    return tallies.stream().mapToLong(tally -> tally.written).sum();
  }

  /** Tokens written so far. */
  long tokens() {
    return tallies.stream().mapToLong(tally -> tally.tokens).sum();
  }

  /** Drops of all sources, by reason. */
  public Map<String, Long> dropped() {
    var all = new TreeMap<String, Long>();
    for (var tally : tallies) {
      tally.dropped.forEach((reason, count) -> all.merge(reason, count, Long::sum));
    }
    return all;
  }

  /** Files that no reader took, of all sources, by extension. */
  public Map<String, Long> leftOut() {
    var all = new TreeMap<String, Long>();
    for (var tally : tallies) {
      tally.leftOut.forEach((extension, count) -> all.merge(extension, count, Long::sum));
    }
    return all;
  }

  /** A row a source, in the order of the run. */
  public List<SourceCount> rows() {
    var rows = new ArrayList<SourceCount>();
    for (int i = 0; i < sources.size(); i++) {
      var source = sources.get(i);
      var tally = tallies.get(i);
      long read = tally.kept + tally.dropped.values().stream().mapToLong(Long::longValue).sum();
      rows.add(
          new SourceCount(
              source.name(),
              source.uri(),
              source.licence(),
              read,
              tally.kept,
              tally.heldOut,
              tally.characters,
              tally.tokens,
              tally.dropped,
              tally.rejected,
              tally.rejectedBytes,
              tally.leftOut,
              tally.files,
              tally.paragraphs));
    }
    return rows;
  }

  private static final class Tally {
    private long kept;
    private long heldOut;
    private long characters;
    private long tokens;
    private long written;
    private final Map<String, Long> dropped = new TreeMap<>();
    private Map<String, Long> rejected = Map.of();
    private long rejectedBytes;
    private long files;
    private Map<String, Long> leftOut = Map.of();
    private final Map<String, Long> paragraphs = new TreeMap<>();
  }

  /** The fault of a run of which no document is left. */
  public RunFault nothingLeft() {
    var worst = dropped().entrySet().stream().max(Map.Entry.comparingByValue());
    return RunFault.userError(
        Reason.NO_DOCUMENTS_LEFT,
        "No document is left of %d (dropped: %s)%s%s; loosen filters or correct the sources."
            .formatted(
                dropped().values().stream().mapToLong(Long::longValue).sum(),
                dropped(),
                worst.map(most -> ", most of them by " + most.getKey()).orElse(""),
                leftOut().isEmpty() ? "" : "; no reader takes files of these names: " + leftOut()));
  }
}
