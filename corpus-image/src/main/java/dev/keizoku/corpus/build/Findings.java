package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.paragraph.TakenLine;
import dev.keizoku.corpus.questions.BenchmarkQuestions;
import dev.keizoku.corpus.questions.FoundQuestions;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.LeftOutFiles;
import dev.keizoku.corpus.reject.Reject;
import dev.keizoku.corpus.reject.Rejects;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.program.ProgressBoard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What reading found. Safe for use from many threads. */
final class Findings {
  /** Many of a source's first documents may fall for others later. */
  private static final int TAKEN_KEPT = 100;

  private final List<InputFile> inputs;
  private final ProgressBoard progress;
  private final List<DocumentEntry> kept = new ArrayList<>();
  private final List<DroppedDocument> dropped = new ArrayList<>();
  private final Rejects rejects;
  private final FoundQuestions questions;
  private final boolean hasRemovals;
  private final List<List<FoundQuestions.Place>> withQuestions = new ArrayList<>();
  private final LeftOutFiles leftOut;
  private final long[] documentsOfSource;
  private final long[] filesOfSource;
  private final boolean[] hasDocuments;
  private final boolean[] hasFaults;
  private final Map<String, Long> byReason = new HashMap<>();

  /** By source; the latest is at the head, to go first. */
  private final List<PriorityQueue<TakenLine>> taken = new ArrayList<>();

  Findings(
      CorpusRun run, List<InputFile> inputs, BenchmarkQuestions questions, ProgressBoard progress) {
    int sources = run.sources().size();
    this.hasRemovals = !run.removals().isEmpty();
    this.questions = new FoundQuestions(questions);
    this.inputs = inputs;
    this.progress = progress;
    for (int i = 0; i < sources; i++) {
      taken.add(
          new PriorityQueue<>(
              Comparator.comparingLong((TakenLine line) -> line.entry().order()).reversed()));
    }
    rejects = new Rejects(sources);
    leftOut = new LeftOutFiles(sources);
    documentsOfSource = new long[sources];
    filesOfSource = new long[sources];
    hasDocuments = new boolean[inputs.size()];
    hasFaults = new boolean[inputs.size()];
  }

  /**
   * Notes a document.
   *
   * @param input position of its file
   * @param reason why it is dropped; null for one that is kept
   */
  synchronized void document(int input, DocumentEntry entry, String reason) {
    if (reason == null) {
      kept.add(entry);
    } else {
      dropped.add(new DroppedDocument(entry, reason, null));
      tell(reason);
    }
    documentsOfSource[entry.source()]++;
    hasDocuments[input] = true;
    tell();
  }

  /** Notes the questions in a document, one at least. */
  synchronized void questions(List<FoundQuestions.Place> places) {
    if (hasRemovals) {
      // An equal document that is taken out may be still to come.
      withQuestions.add(places);
    } else {
      questions.add(places);
    }
  }

  /** Notes a file or entry that a reader takes. */
  synchronized void taken(int input) {
    filesOfSource[inputs.get(input).source()]++;
  }

  /** Notes a line that went out of a document; some of the first of each source are kept. */
  synchronized void taken(TakenLine line) {
    var first = taken.get(line.entry().source());
    first.add(line);
    if (first.size() > TAKEN_KEPT) {
      first.remove();
    }
  }

  /** Notes what cannot be read. */
  synchronized void reject(int input, long order, UnreadableFileException fault) {
    missing(inputs.get(input).source(), order, fault);
    hasFaults[input] = true;
  }

  /** Notes a file that is not there to be read. */
  synchronized void missing(int source, long order, UnreadableFileException fault) {
    rejects.add(
        new Reject(
            source, order, fault.place(), fault.reason(), fault.getMessage(), fault.bytes()));
    tell(fault.reason().word());
    tell();
  }

  /** Notes a file that no reader takes. */
  synchronized void leftOut(int input, String place) {
    leftOut.add(inputs.get(input).source(), place);
    hasFaults[input] = true;
  }

  private void tell(String reason) {
    tell(reason, byReason.merge(reason, 1L, Long::sum));
  }

  private void tell(String reason, long documents) {
    var word = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    progress.metric("documents" + word, documents);
  }

  /**
   * Tells what became of all documents, when those are known that fall for others.
   *
   * @param left those that stay
   * @param gone all that do not, whatever stage dropped them
   */
  void decided(List<DocumentEntry> left, List<DroppedDocument> gone) {
    gone.stream()
        .collect(Collectors.groupingBy(DroppedDocument::reason, Collectors.counting()))
        .forEach(this::tell);
    progress.metric("documentsKept", left.size());
    progress.metric("documentsDropped", gone.size());
  }

  private void tell() {
    progress.count("documents", kept.size() + dropped.size());
    progress.metric("documentsKept", kept.size());
    progress.metric("documentsDropped", dropped.size());
    progress.metric("documentsRejected", rejects.documents());
  }

  /** Some of the lines that went out of documents, in no order. */
  List<TakenLine> taken() {
    return taken.stream().flatMap(PriorityQueue::stream).toList();
  }

  /** Documents that passed the rules, in no order. */
  List<DocumentEntry> kept() {
    return kept;
  }

  /** Documents that did not, in no order. */
  List<DroppedDocument> dropped() {
    return dropped;
  }

  /**
   * Takes out what says the same as a document that is taken out, and notes the questions in what
   * is left. To be called once, when every document is noted.
   */
  synchronized void finish() {
    var keys =
        dropped.stream()
            .filter(Findings::isRemoved)
            .map(document -> document.entry().key())
            .collect(Collectors.toSet());
    if (!keys.isEmpty()) {
      dropped.replaceAll(
          document -> keys.contains(document.entry().key()) ? removed(document.entry()) : document);
      kept.stream()
          .filter(entry -> keys.contains(entry.key()))
          .map(Findings::removed)
          .forEach(dropped::add);
      kept.removeIf(entry -> keys.contains(entry.key()));
    }
    withQuestions.stream()
        .filter(places -> !keys.contains(places.getFirst().entry().key()))
        .forEach(questions::add);
    withQuestions.clear();
    tell();
  }

  private static DroppedDocument removed(DocumentEntry entry) {
    return new DroppedDocument(entry, DroppedDocument.REMOVED, null);
  }

  private static boolean isRemoved(DroppedDocument document) {
    return document.reason().equals(DroppedDocument.REMOVED);
  }

  /** Sources of which documents are taken out; to be asked when every document is noted. */
  synchronized Set<Integer> sourcesWithRemovals() {
    return dropped.stream()
        .filter(Findings::isRemoved)
        .map(document -> document.entry().source())
        .collect(Collectors.toSet());
  }

  Rejects rejects() {
    return rejects;
  }

  /** Questions of benchmarks in documents. */
  FoundQuestions questions() {
    return questions;
  }

  LeftOutFiles leftOut() {
    return leftOut;
  }

  /** Files and entries of a source that a reader took. */
  synchronized long files(int source) {
    return filesOfSource[source];
  }

  /** Documents of a source so far, those that could not be read among them. */
  synchronized long documents(int source) {
    return documentsOfSource[source] + rejects.documents(source);
  }

  /**
   * Those of the inputs that were read, if only in part: each gave a document or had no fault.
   *
   * @param all one an input
   */
  <T> List<T> read(List<T> all) {
    return IntStream.range(0, all.size())
        .filter(input -> hasDocuments[input] || !hasFaults[input])
        .mapToObj(all::get)
        .toList();
  }
}
