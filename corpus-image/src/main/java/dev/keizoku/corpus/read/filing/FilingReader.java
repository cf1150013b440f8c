package dev.keizoku.corpus.read.filing;

import dev.keizoku.contract.corpus.Filings;
import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.filing.FilingMember.Role;
import dev.keizoku.corpus.read.filing.FilingSurvey.Part;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Filings of EDINET and TDnet. A filing is read in one of the forms in which it is there: its
 * pages, of which each is a document, else its instance, its PDF, its table of facts. What is left
 * out by element or because another form is taken is a dropped document with its reason.
 */
public final class FilingReader implements FormatReader {
  private static final Filings DEFAULT = new Filings(null, null, null);

  private final FilingSurvey survey;
  private final Filings rules;

  /**
   * @param survey of the source
   * @param rules of the source; null for the defaults
   */
  public FilingReader(FilingSurvey survey, Filings rules) {
    this.survey = survey;
    this.rules = rules == null ? DEFAULT : rules;
  }

  /** Whether a file is part of a filing or a list of them. */
  public boolean takes(RawFile file) {
    return survey.isList(file.location()) || survey.part(file.location()) != null;
  }

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    if (survey.isList(file.location())) {
      return;
    }
    var part = part(file);
    switch (part.member().role()) {
      case COMPANION -> {}
      case COVER -> documents.accept(() -> rejected(file, "coverPage"));
      case AUDIT -> documents.accept(() -> rejected(file, "auditReport"));
      default -> {
        if (part.filing().takes(part.member())) {
          readForm(file, part, options, documents);
        } else {
          documents.accept(() -> rejected(file, "otherForm"));
        }
      }
    }
  }

  /** A page that only its content tells to be of a filing is one by itself. */
  private Part part(RawFile file) {
    var part = survey.part(file.location());
    if (part != null) {
      return part;
    }
    var member = FilingMember.of(file.location(), true).orElseThrow();
    return new Part(member, Filing.alone(member));
  }

  private void readForm(
      RawFile file, Part part, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var form = new FilingForm(file, part.filing(), rules);
    if (part.member().role() == Role.PDF) {
      form.readPdf(options, documents);
      return;
    }
    var bytes = file.bytes();
    documents.accept(
        () -> form.document(part.member().role(), TextDecoder.decode(bytes, options.encoding())));
  }

  private static Document rejected(RawFile file, String reason) {
    return Document.rejected(file.location(), file.stem(), reason);
  }
}
