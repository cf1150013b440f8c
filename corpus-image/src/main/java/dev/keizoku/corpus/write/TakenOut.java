package dev.keizoku.corpus.write;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.paragraph.TakenLine;
import dev.keizoku.corpus.questions.FoundQuestions;
import dev.keizoku.corpus.report.CorpusReport.Examples;
import dev.keizoku.corpus.report.CorpusReport.Sample;
import dev.keizoku.corpus.report.CorpusReport.Taken;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * What the report shows of lines that went out of documents that stay, and of questions that stand
 * in them: the first of each source and rule, in the order of reading.
 */
public final class TakenOut {
  private static final int SHOWN = 5;
  private static final Comparator<TakenLine> BY_ORDER =
      Comparator.comparingInt((TakenLine line) -> line.entry().source())
          .thenComparing(TakenLine::rule)
          .thenComparingLong(line -> line.entry().order());

  private final CorpusRun run;
  private final Spool spool;
  private final BitSet kept = new BitSet();

  /**
   * @param kept the documents that stay
   */
  public TakenOut(CorpusRun run, Spool spool, List<DocumentEntry> kept) {
    this.run = run;
    this.spool = spool;
    kept.forEach(entry -> this.kept.set(Math.toIntExact(entry.order())));
  }

  /**
   * What the report shows.
   *
   * @param dropped documents
   * @param taken lines, in no order
   * @param found questions
   */
  public Examples examples(List<Sample> dropped, List<TakenLine> taken, FoundQuestions found)
      throws IOException {
    return new Examples(dropped, lines(taken), questions(found));
  }

  private List<Taken> lines(List<TakenLine> taken) throws IOException {
    var rows = new ArrayList<Taken>();
    var shown = new HashMap<String, Integer>();
    for (var line : taken.stream().sorted(BY_ORDER).toList()) {
      var group = line.entry().source() + " " + line.rule();
      if (kept.get((int) line.entry().order()) && shown.merge(group, 1, Integer::sum) <= SHOWN) {
        rows.add(row(line.rule(), line.entry(), line.text()));
      }
    }
    return rows;
  }

  /** Of documents that stay and of others. */
  private List<Taken> questions(FoundQuestions found) throws IOException {
    var rows = new ArrayList<Taken>();
    var shown = new HashMap<String, Integer>();
    for (var place : found.listed()) {
      var benchmark = found.benchmark(place);
      if (shown.merge(benchmark, 1, Integer::sum) <= SHOWN) {
        var question = benchmark + "#" + place.hit().items().getFirst();
        rows.add(row(question, place.entry(), place.excerpt()));
      }
    }
    return rows;
  }

  private Taken row(String rule, DocumentEntry entry, String text) throws IOException {
    var source = run.sources().get(entry.source()).name();
    return new Taken(rule, source, spool.get(entry).location(), text);
  }
}
