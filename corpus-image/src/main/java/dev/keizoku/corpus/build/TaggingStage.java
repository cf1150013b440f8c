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
import dev.keizoku.corpus.paragraph.Paragraphs;
import dev.keizoku.corpus.paragraph.TakenLine;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.timing.StageClock;
import java.util.regex.Pattern;

/**
 * What is done to each document of one source before anything is decided: its text is cleaned and
 * measured. No limit has a say in it. Pure but for the times that it tells.
 */
final class TaggingStage {
  /** The attribute that says how many lines of boilerplate were taken out of a document. */
  static final String BOILERPLATE = Paragraphs.REMOVED + "boilerplate";

  /** Why a document goes that has a title and no text. */
  static final String TITLE_ONLY = "titleOnly";

  private static final Pattern LAW_NUMBER =
      Pattern.compile("\\s*[（(][^（）()\n]{2,60}第[^（）()\n]{1,12}号[）)]\\s*");

  private final String source;
  private final Rules rules;
  private final boolean titleInText;
  private final StageClock clock;

  TaggingStage(CorpusRun run, Source source, StageClock clock) {
    this.clock = clock;
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
      var cleaned = clock.time(Stage.CLEAN, () -> clean(document));
      clock.count(Stage.CLEAN, document.text());
      var text = cleaned.document.text();
      return new Tagged(
          DocumentId.of(source, document),
          cleaned.document,
          clock.time(Stage.FILTER, () -> TextTraits.of(text, cleaned.rest.removed())),
          TakenLine.beginning(tagged(cleaned.rest.first())));
    } catch (RuntimeException | StackOverflowError e) {
      // These are pure functions of this one text.
      throw new UnreadableFileException(RejectReason.READER_FAILED, "it cannot be cleaned: " + e, e)
          .at(document.location(), 0);
    }
  }

  /** A law of which there is nothing but its name and number. */
  private static boolean isTitleAlone(String title, String body) {
    var start = body.replaceFirst("^#+ ", "");
    return !title.isEmpty()
        && start.startsWith(title)
        && LAW_NUMBER.matcher(start.substring(title.length())).matches();
  }

  private record Cleaned(Document document, Boilerplate.Rest rest) {}

  private Cleaned clean(Document document) {
    var title = tagged(text(document.title()).replaceAll("\\s+", " ").strip());
    var body = text(document.text());
    var rest = rules.removesBoilerplate() ? Boilerplate.remove(body) : Boilerplate.Rest.whole(body);
    var noted = document.titled(title);
    if (rest.removed() > 0) {
      noted =
          noted.withAttribute(BOILERPLATE, Long.toString(Paragraphs.removed(body, rest.text())));
    }
    body = tagged(rest.text());
    body = document.tables() ? tables(body) : body;
    boolean begins =
        title.isEmpty() || body.isEmpty() || body.replaceFirst("^#+ ", "").startsWith(title);
    if (document.rejection() == null && isTitleAlone(title, body)) {
      return new Cleaned(noted.with(body).dropped(TITLE_ONLY), Boilerplate.Rest.whole(body));
    }
    return new Cleaned(noted.with(titleInText && !begins ? title + "\n" + body : body), rest);
  }

  private String text(String raw) {
    return TextCleaner.clean(rules.repairsMojibake() ? MojibakeRepair.repair(raw) : raw);
  }

  private String tables(String text) {
    return rules.writesMarkdownTables()
        ? MarkdownTables.of(text)
        : MarkdownTables.withoutRules(text);
  }

  private String tagged(String text) {
    return rules.tagsPersonalData() ? PersonalTags.tag(text) : text;
  }
}
