package dev.keizoku.corpus.build;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What reading found. Safe for use from many threads. */
final class Findings {
  private final List<InputFile> inputs;
  private final ProgressBoard progress;
  private final List<DocumentEntry> kept = new ArrayList<>();
  private final List<DroppedDocument> dropped = new ArrayList<>();
  private final Rejects rejects;
  private final FoundQuestions questions;
  private final LeftOutFiles leftOut;
  private final long[] documentsOfSource;
  private final long[] filesOfSource;
  private final boolean[] hasDocuments;
  private final boolean[] hasFaults;
  private final Map<String, Long> byReason = new HashMap<>();

  Findings(
      List<InputFile> inputs, int sources, BenchmarkQuestions questions, ProgressBoard progress) {
    this.questions = new FoundQuestions(questions);
    this.inputs = inputs;
    this.progress = progress;
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

  /** Notes a file or entry that a reader takes. */
  synchronized void taken(int input) {
    filesOfSource[inputs.get(input).source()]++;
  }

  /** Notes what cannot be read. */
  synchronized void reject(int input, long order, UnreadableFileException fault) {
    var source = inputs.get(input).source();
    rejects.add(
        new Reject(
            source, order, fault.place(), fault.reason(), fault.getMessage(), fault.bytes()));
    hasFaults[input] = true;
    tell(fault.reason().word());
    tell();
  }

  /** Notes a file that no reader takes. */
  synchronized void leftOut(int input, String place) {
    leftOut.add(inputs.get(input).source(), place);
    hasFaults[input] = true;
  }

  private void tell(String reason) {
    var word = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    progress.metric("documents" + word, byReason.merge(reason, 1L, Long::sum));
  }

  private void tell() {
    progress.metric("documentsKept", kept.size());
    progress.metric("documentsDropped", dropped.size());
    progress.metric("documentsRejected", rejects.documents());
  }

  /** Documents that passed the rules, in no order. */
  List<DocumentEntry> kept() {
    return kept;
  }

  /** Documents that did not, in no order. */
  List<DroppedDocument> dropped() {
    return dropped;
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
