package dev.keizoku.corpus.read.filing;

import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.filing.FilingMember.Role;
import dev.keizoku.corpus.read.filing.xbrl.Fact;
import dev.keizoku.corpus.read.filing.xbrl.FactSheet;
import dev.keizoku.corpus.read.filing.xbrl.InlinePage;
import dev.keizoku.corpus.read.filing.xbrl.Instance;
import dev.keizoku.corpus.read.filing.xbrl.NamesByTitle;
import dev.keizoku.corpus.read.filing.xbrl.OfficerNames;
import dev.keizoku.corpus.read.filing.xbrl.PersonalData;
import dev.keizoku.corpus.read.markup.HtmlText;
import dev.keizoku.corpus.read.pdf.PdfReader;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.Jsoup;

/** A file with text of a filing, as a document. */
final class FilingForm {
  private static final String PERSONAL = "personalData";
  private static final String AMENDED = "amended";

  private final RawFile file;
  private final Filing filing;
  private final Filings rules;

  FilingForm(RawFile file, Filing filing, Filings rules) {
    this.file = file;
    this.filing = filing;
    this.rules = rules;
  }

  /** The document of a file whose text is markup or a table. */
  Document document(Role role, String text) throws IOException {
    if (filing.isWithdrawn()) {
      return rejected("", "withdrawn");
    }
    return switch (role) {
      case PAGE -> InlinePage.isInline(text) ? inline(text) : page(text);
      case CSV -> sheet(text);
      default -> instance(text);
    };
  }

  /** The document of a PDF, whose parts are known by their headings only. */
  void readPdf(ReadOptions options, Consumer<DocumentTask> documents) throws IOException {
    new PdfReader()
        .read(
            file,
            options,
            task ->
                documents.accept(
                    () ->
                        filing.isWithdrawn()
                            ? rejected("", "withdrawn")
                            : withoutElements(task.parse().title(), task.parse().text())));
  }

  private Document inline(String text) throws IOException {
    var page = InlinePage.of(text);
    if (page == null) {
      throw new UnreadableFileException(RejectReason.WRONG_FORMAT, "it is not an iXBRL page");
    }
    var heading = page.heading();
    var restated = restated();
    if (page.remove(fact -> restated.contains(fact.name()), Set.of()) > 0 && !page.hasBlocks()) {
      return rejected(heading, AMENDED);
    }
    boolean any = false;
    if (rules.dropsPersonalData()) {
      var continued =
          page.isContinuedFromElsewhere()
              ? filing.continuations(PersonalData::isPersonal)
              : Set.<String>of();
      any = page.remove(PersonalData::isPersonal, continued) > 0;
    }
    var left = page.text();
    return any && left.isBlank() ? rejected(heading, PERSONAL) : document(heading, left);
  }

  private Document page(String html) throws IOException {
    var body = Jsoup.parse(html).body();
    if (body.childrenSize() == 0) {
      throw new UnreadableFileException(RejectReason.WRONG_FORMAT, "it is not a page of a filing");
    }
    var heading = body.selectFirst("h1, h2, h3, h4, h5, h6");
    var title = heading == null ? "" : heading.text().replace('\u00a0', ' ').strip();
    return withoutElements(title, HtmlText.of(body));
  }

  private Document withoutElements(String title, String text) throws IOException {
    var kept = rules.dropsPersonalData() ? PersonalData.removeFrom(text) : text;
    return kept.isBlank() && !text.isBlank() ? rejected(title, PERSONAL) : document(title, kept);
  }

  private Document instance(String xml) throws IOException {
    var instance = new Instance(xml);
    if (!instance.hasFacts()) {
      throw new UnreadableFileException(RejectReason.WRONG_FORMAT, "it is not an XBRL instance");
    }
    var restated = restated();
    var text = instance.text(fact -> drops(fact, restated));
    if (text.isBlank() && restated.isEmpty()) {
      text = instance.statements(fact -> drops(fact, restated), filing.labels());
    }
    return ofFacts(text, restated);
  }

  private Document sheet(String tsv) throws IOException {
    var sheet = new FactSheet(tsv);
    if (!sheet.hasFacts()) {
      throw new UnreadableFileException(
          RejectReason.WRONG_FORMAT, "it is not a table of facts as EDINET makes it");
    }
    var restated = restated();
    var text = sheet.text(fact -> drops(fact, restated));
    return ofFacts(text, restated);
  }

  /** It has no heading of its own. */
  private Document ofFacts(String text, Set<String> restated) throws IOException {
    var title = attributes().company();
    if (!text.isBlank()) {
      return document(title, text);
    }
    return rejected(title, restated.isEmpty() ? "noText" : AMENDED);
  }

  private FilingAttributes attributes() throws IOException {
    var all = filing.attributes();
    return rules.dropsPersonalData() ? all.withoutPerson() : all;
  }

  private Set<String> restated() throws IOException {
    return rules.replaces() ? filing.restated() : Set.of();
  }

  private boolean drops(Fact fact, Set<String> restated) {
    return restated.contains(fact.name())
        || rules.dropsPersonalData() && PersonalData.isPersonal(fact);
  }

  private Document document(String heading, String text) throws IOException {
    var attributes = attributes();
    var title = heading.isEmpty() ? attributes.documentType() : heading;
    var named =
        rules.dropsPersonalData()
            ? NamesByTitle.mask(OfficerNames.mask(text, filing.officers()))
            : text;
    var header = rules.hasHeader() ? attributes.header() : "";
    var document =
        Document.of(
            file.location(),
            title.isEmpty() ? file.stem() : title,
            header.isEmpty() ? named : header + "\n" + named);
    return document
        .withAttributes(attributes.asMap())
        .published(
            filing.isNamed() ? filing.key() + "/" + file.stem() : "", attributes.submitted());
  }

  private Document rejected(String title, String reason) {
    return Document.rejected(file.location(), title.isEmpty() ? file.stem() : title, reason);
  }
}
