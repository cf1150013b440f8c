package dev.keizoku.corpus.build;

import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.kept.ReadingLog;
import dev.keizoku.corpus.kept.Tagged;
import dev.keizoku.corpus.paragraph.TakenLine;
import dev.keizoku.corpus.questions.FoundQuestions.Place;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.removal.RemovalList;
import dev.keizoku.corpus.split.DocumentFamily;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.PublicationDate;
import dev.keizoku.corpus.spool.SpoolFolder;
import java.io.IOException;
import java.util.TreeMap;

/**
 * Decides what becomes of all that is found in one source, and notes it. Safe for use from many
 * threads.
 */
final class SourceDecisions implements ReadingLog {
  private final Start start;
  private final DocumentStages stages;
  private final RemovalList removals;
  private final SpoolFolder spool;
  private final Findings findings;

  SourceDecisions(
      Start start,
      DocumentStages stages,
      RemovalList removals,
      SpoolFolder spool,
      Findings findings) {
    this.start = start;
    this.stages = stages;
    this.removals = removals;
    this.spool = spool;
    this.findings = findings;
  }

  /**
   * Where a source begins in the run.
   *
   * @param source its position
   * @param input position of its first file
   * @param order the first that it uses
   */
  record Start(int source, int input, long order) {}

  @Override
  public void taken(int file) {
    findings.taken(start.input + file);
  }

  @Override
  public void leftOut(int file, String place) {
    findings.leftOut(start.input + file, place);
  }

  @Override
  public void reject(int file, long order, UnreadableFileException fault) {
    findings.reject(start.input + file, start.order + order, fault);
  }

  @Override
  public void document(int file, long order, Tagged tagged) throws IOException {
    var document = tagged.document();
    boolean removed = removals.contains(tagged.id().toString(), document.id(), document.url());
    try {
      note(start.input + file, start.order + order, tagged, stages.decide(tagged, removed));
    } catch (UnreadableFileException e) {
      reject(file, order, e);
    }
  }

  private void note(int input, long number, Tagged tagged, DocumentStages.Decided decided)
      throws IOException {
    var text = decided.document().text();
    var stored = decided.reason() == null ? text : DroppedDocument.beginning(text);
    var measured = new TreeMap<>(decided.document().attributes());
    measured.putAll(FilterChain.measures(decided.traits()));
    var place = spool.documents().add(decided.document().with(stored).withAttributes(measured));
    var key = decided.key();
    boolean compared = key != null && key.print() != null;
    var entry =
        new DocumentEntry(
            tagged.id(),
            key == null ? null : key.exact(),
            start.source,
            number,
            place,
            compared ? spool.prints().add(number, key.print()) : -1,
            decided.traits().characters(),
            PublicationDate.of(tagged.document().date()),
            DocumentFamily.of(tagged.document().attributes(), tagged.document().url()),
            null);
    findings.document(input, entry, decided.reason());
    if (decided.reason() == null && !tagged.boilerplate().isEmpty()) {
      findings.taken(new TakenLine("boilerplate", entry, tagged.boilerplate()));
    }
    if (!decided.hits().isEmpty()) {
      findings.questions(Place.of(entry, decided.hits(), decided.asItCame()));
    }
  }
}
