package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.corpus.decontaminate.Decontaminator;
import dev.keizoku.corpus.decontaminate.Hit;
import dev.keizoku.corpus.dedup.TextKey;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.Rule;
import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.kept.Tagged;
import dev.keizoku.corpus.paragraph.Paragraphs;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.timing.StageClock;
import java.util.List;
import java.util.Map;

/**
 * What is decided of each document of one source, from its attributes to the verdict. Pure but for
 * the times that it tells.
 */
final class DocumentStages {
  /** The attribute that says how many lines with questions were taken out of a document. */
  static final String QUESTION = Paragraphs.REMOVED + "question";

  private final FilterChain filters;
  private final boolean near;
  private final boolean hasRemovals;
  private final Decontaminator decontaminator;
  private final StageClock clock;

  DocumentStages(CorpusRun run, Source source, Decontaminator decontaminator, StageClock clock) {
    this.clock = clock;
    this.filters = FilterChain.of(source.rules(run.filters()));
    this.near = run.deduplication().near();
    this.hasRemovals = !run.removals().isEmpty();
    this.decontaminator = decontaminator;
  }

  /**
   * A document after the stages.
   *
   * @param reason why it is dropped; null when it stays
   * @param key null for one that is dropped, unless equal ones may have to be taken out with it
   * @param asItCame its text before lines were cut out of it
   */
  record Decided(
      Document document,
      TextTraits traits,
      String reason,
      TextKey key,
      List<Hit> hits,
      String asItCame) {}

  /**
   * Decides.
   *
   * @param removed whether it is to be taken out; nothing of it stays but what it is known by
   * @throws UnreadableFileException when that cannot be
   */
  Decided decide(Tagged tagged, boolean removed) throws UnreadableFileException {
    var document = tagged.document();
    clock.count(Stage.FILTER, document.text());
    try {
      if (removed) {
        return removed(tagged);
      }
      var reason =
          document.rejection() != null
              ? document.rejection()
              : clock.time(
                  Stage.FILTER,
                  () -> filters.drops(tagged.traits()).map(Rule::reason).orElse(null));
      return decontaminated(document, tagged.traits(), reason);
    } catch (RuntimeException | StackOverflowError e) {
      // These are pure functions of this one text.
      throw new UnreadableFileException(RejectReason.READER_FAILED, "it cannot be judged: " + e, e)
          .at(document.location(), 0);
    }
  }

  private Decided removed(Tagged tagged) {
    return new Decided(
        tagged.document().titled("").with("").withAttributes(Map.of()),
        tagged.traits(),
        DroppedDocument.REMOVED,
        key(tagged.document().text(), false),
        List.of(),
        "");
  }

  /** The key of a document that is dropped. */
  private TextKey keyOfDropped(String text) {
    return hasRemovals ? key(text, false) : null;
  }

  private TextKey key(String text, boolean compared) {
    var stage = compared ? Stage.NEAR : Stage.EXACT;
    clock.count(stage, text);
    return clock.time(stage, () -> TextKey.of(text, compared));
  }

  private Decontaminator.Found search(String text) {
    if (decontaminator.questions().isEmpty()) {
      return new Decontaminator.Found(text, List.of());
    }
    clock.count(Stage.DECONTAMINATE, text);
    return clock.time(Stage.DECONTAMINATE, () -> decontaminator.search(text));
  }

  private Decided decontaminated(Document document, TextTraits traits, String reason) {
    var text = document.text();
    if (reason != null) {
      return new Decided(document, traits, reason, keyOfDropped(text), List.of(), text);
    }
    var found = search(text);
    if (found.isClean() || decontaminator.onHit() == OnHit.REPORT) {
      return new Decided(document, traits, null, key(text, near), found.hits(), text);
    }
    var left = TextTraits.of(found.text(), traits.removed());
    boolean stays = decontaminator.onHit() == OnHit.CUT && filters.drops(left).isEmpty();
    return new Decided(
        stays
            ? document
                .with(found.text())
                .withAttribute(QUESTION, Long.toString(Paragraphs.removed(text, found.text())))
            : document,
        stays ? left : traits,
        stays ? null : Decontaminator.REASON,
        stays ? key(found.text(), near) : keyOfDropped(text),
        found.hits(),
        text);
  }
}
