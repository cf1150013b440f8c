package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.corpus.clean.Boilerplate;
import dev.keizoku.corpus.clean.MarkdownTables;
import dev.keizoku.corpus.clean.MojibakeRepair;
import dev.keizoku.corpus.clean.PersonalTags;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.kept.Tagged;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.corpus.spool.DocumentId;

/**
 * What is done to each document of one source before anything is decided: its text is cleaned and
 * measured. No limit has a say in it. Pure.
 */
final class TaggingStage {
  private final String source;
  private final Rules rules;
  private final boolean titleInText;

  TaggingStage(CorpusRun run, Source source) {
    this.source = source.name();
    this.rules = source.rules(run.filters());
    this.titleInText = Boolean.TRUE.equals(source.titleInText());
  }

  /**
   * Cleans and measures a document.
   *
   * @param document as its reader found it
   * @throws UnreadableFileException when it cannot be
   */
  Tagged tag(Document document) throws UnreadableFileException {
    try {
      var title = tagged(text(document.title()).replaceAll("\\s+", " ").strip());
      var body = text(document.text());
      var rest =
          rules.removesBoilerplate() ? Boilerplate.remove(body) : new Boilerplate.Rest(body, 0);
      body = tagged(rest.text());
      body = document.tables() ? MarkdownTables.of(body) : body;
      boolean begins =
          title.isEmpty() || body.isEmpty() || body.replaceFirst("^#+ ", "").startsWith(title);
      var text = titleInText && !begins ? title + "\n" + body : body;
      return new Tagged(
          DocumentId.of(source, document),
          document.titled(title).with(text),
          TextTraits.of(text, rest.removed()));
    } catch (RuntimeException | StackOverflowError e) {
      // These are pure functions of this one text.
      throw new UnreadableFileException(RejectReason.READER_FAILED, "it cannot be cleaned: " + e, e)
          .at(document.location(), 0);
    }
  }

  private String text(String raw) {
    return TextCleaner.clean(rules.repairsMojibake() ? MojibakeRepair.repair(raw) : raw);
  }

  private String tagged(String text) {
    return rules.tagsPersonalData() ? PersonalTags.tag(text) : text;
  }
}
