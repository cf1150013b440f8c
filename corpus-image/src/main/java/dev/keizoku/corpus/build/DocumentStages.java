package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.corpus.clean.Boilerplate;
import dev.keizoku.corpus.clean.MojibakeRepair;
import dev.keizoku.corpus.clean.PersonalTags;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.decontaminate.Decontaminator;
import dev.keizoku.corpus.decontaminate.Hit;
import dev.keizoku.corpus.dedup.TextKey;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.Rule;
import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.corpus.spool.DroppedDocument;
import java.util.List;
import java.util.Map;

/** What is done to each document of one source, from its raw text to the verdict. Pure. */
final class DocumentStages {
  private final Rules rules;
  private final FilterChain filters;
  private final boolean titleInText;
  private final boolean near;
  private final boolean hasRemovals;
  private final Decontaminator decontaminator;

  DocumentStages(CorpusRun run, Source source, Decontaminator decontaminator) {
    this.rules = source.rules(run.filters());
    this.filters = FilterChain.of(rules);
    this.titleInText = Boolean.TRUE.equals(source.titleInText());
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
  record Cleaned(
      Document document,
      TextTraits traits,
      String reason,
      TextKey key,
      List<Hit> hits,
      String asItCame) {}

  /**
   * Takes a document through.
   *
   * @param removed whether it is to be taken out; nothing of it stays but what it is known by
   * @throws UnreadableFileException when it cannot be
   */
  Cleaned clean(Document document, boolean removed) throws UnreadableFileException {
    try {
      var title = tagged(text(document.title()).replaceAll("\\s+", " ").strip());
      var body = text(document.text());
      var rest =
          rules.removesBoilerplate() ? Boilerplate.remove(body) : new Boilerplate.Rest(body, 0);
      body = tagged(rest.text());
      boolean begins =
          title.isEmpty() || body.isEmpty() || body.replaceFirst("^#+ ", "").startsWith(title);
      var text = titleInText && !begins ? title + "\n" + body : body;
      if (removed) {
        return removed(document, text);
      }
      var traits = TextTraits.of(text, rest.removed());
      var reason =
          document.rejection() != null
              ? document.rejection()
              : filters.drops(traits).map(Rule::reason).orElse(null);
      return decontaminated(document.titled(title).with(text), traits, reason);
    } catch (RuntimeException | StackOverflowError e) {
      // These are pure functions of this one text.
      throw new UnreadableFileException(RejectReason.READER_FAILED, "it cannot be cleaned: " + e, e)
          .at(document.location(), 0);
    }
  }

  private static Cleaned removed(Document document, String text) {
    return new Cleaned(
        document.titled("").with("").withAttributes(Map.of()),
        TextTraits.of(text),
        DroppedDocument.REMOVED,
        TextKey.of(text, false),
        List.of(),
        "");
  }

  /** The key of a document that is dropped. */
  private TextKey keyOfDropped(String text) {
    return hasRemovals ? TextKey.of(text, false) : null;
  }

  private String text(String raw) {
    return TextCleaner.clean(rules.repairsMojibake() ? MojibakeRepair.repair(raw) : raw);
  }

  private String tagged(String text) {
    return rules.tagsPersonalData() ? PersonalTags.tag(text) : text;
  }

  private Cleaned decontaminated(Document document, TextTraits traits, String reason) {
    var text = document.text();
    if (reason != null) {
      return new Cleaned(document, traits, reason, keyOfDropped(text), List.of(), text);
    }
    var found = decontaminator.search(text);
    if (found.isClean() || decontaminator.onHit() == OnHit.REPORT) {
      return new Cleaned(document, traits, null, TextKey.of(text, near), found.hits(), text);
    }
    var left = TextTraits.of(found.text(), traits.removed());
    boolean stays = decontaminator.onHit() == OnHit.CUT && filters.drops(left).isEmpty();
    return new Cleaned(
        stays ? document.with(found.text()) : document,
        stays ? left : traits,
        stays ? null : Decontaminator.REASON,
        stays ? TextKey.of(found.text(), near) : keyOfDropped(text),
        found.hits(),
        text);
  }
}
