package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.decontaminate.Decontaminator;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.questions.BenchmarkQuestions;
import dev.keizoku.corpus.questions.FoundQuestions.Place;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.SourceVisitor;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.removal.RemovalList;
import dev.keizoku.corpus.split.DocumentFamily;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.PrintFile;
import dev.keizoku.corpus.spool.PublicationDate;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.corpus.spool.SpoolFolder;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, cleans and filters all documents, on several threads. Their order is not kept: nothing
 * later depends on it. What cannot be read is counted, and ends the run only where it is more of a
 * source than its {@code maxRejectShare}.
 */
final class ReadStage {
  private static final Logger LOG = LoggerFactory.getLogger(ReadStage.class);

  private final CorpusRun run;
  private final RemovalList removals;
  private final List<InputFile> inputs;
  private final long[] bytesOfSource;
  private final ByteProgress progress;
  private final Findings findings;
  private final List<DocumentStages> stages;
  private final Spool spool;
  private final PrintFile prints;
  private final RunContext context;
  private final ExecutorService workers;
  private final Semaphore slots;
  private final int allSlots;
  private final AtomicReference<Throwable> fault = new AtomicReference<>();
  private long order;
  private int sourceRead = -1;
  private SourceReader reader;

  ReadStage(
      CorpusRun run,
      List<InputFile> inputs,
      SpoolFolder spool,
      RunContext context,
      Workers workers,
      Wanted wanted) {
    var questions = wanted.questions;
    this.run = run;
    this.removals = wanted.removals;
    this.inputs = inputs;
    this.bytesOfSource = new long[run.sources().size()];
    inputs.forEach(input -> bytesOfSource[input.source()] += input.bytes());
    this.progress = new ByteProgress(context, "read");
    this.findings = new Findings(run, inputs, questions, context.progress());
    var decontaminator = new Decontaminator(questions.index(), run.decontaminate().onHit());
    this.stages =
        run.sources().stream()
            .map(source -> new DocumentStages(run, source, decontaminator))
            .toList();
    this.spool = spool.documents();
    this.prints = spool.prints();
    this.context = context;
    this.workers = workers.executor();
    // Bounds the files that are in memory at once.
    this.allSlots = workers.tasksAhead();
    this.slots = new Semaphore(allSlots);
  }

  /** What is looked for in the documents. */
  record Wanted(BenchmarkQuestions questions, RemovalList removals) {}

  /**
   * Reads every file.
   *
   * @throws RunFault user error {@code UnreadableSource} for a source of which too much cannot be
   *     read, as soon as that is certain
   */
  Findings read() {
    progress.begin(inputs.stream().mapToLong(InputFile::bytes).sum());
    for (int i = 0; i < inputs.size(); i++) {
      read(i);
      progress.finished(inputs.get(i).bytes());
      int source = inputs.get(i).source();
      if (i + 1 == inputs.size() || inputs.get(i + 1).source() != source) {
        end(source);
      }
    }
    findings.finish();
    removals.notFound().ifPresent(sentence -> tell(Reason.REMOVALS_NOT_FOUND, sentence));
    return findings;
  }

  /** Waits for the tasks of a source and judges it. */
  private void end(int source) {
    slots.acquireUninterruptibly(allSlots);
    slots.release(allSlots);
    throwFault();
    limit(source).check(source, findings.rejects());
    LeftOutWarning.of(
            run.sources().get(source), findings.leftOut().groups(source), findings.files(source))
        .ifPresent(sentence -> tell(Reason.FILES_LEFT_OUT, sentence));
  }

  private void tell(Reason reason, String sentence) {
    LOG.warn(sentence);
    context.progress().notice(reason, sentence);
  }

  private RejectLimit limit(int source) {
    return new RejectLimit(
        run.sources().get(source), findings.documents(source), bytesOfSource[source]);
  }

  private void read(int number) {
    var input = inputs.get(number);
    try {
      reader(input.source()).read(input, new Visitor(number));
      limit(input.source()).checkEarly(input.source(), findings.rejects());
    } catch (IOException e) {
      throw scratchFailed(e);
    }
  }

  private SourceReader reader(int source) throws IOException {
    if (source != sourceRead) {
      var own = inputs.stream().filter(input -> input.source() == source).toList();
      reader =
          new SourceReader(
              run.sources().get(source), own, context.scratch().resolve("unpacked"), progress);
      sourceRead = source;
    }
    return reader;
  }

  /** Gives what is found in one file to the workers. */
  private final class Visitor implements SourceVisitor {
    private final int input;

    Visitor(int input) {
      this.input = input;
    }

    @Override
    public void taken() {
      findings.taken(input);
    }

    @Override
    public void document(DocumentTask task) {
      check();
      slots.acquireUninterruptibly();
      long number = order++;
      workers.execute(() -> process(input, number, task));
    }

    @Override
    public void reject(UnreadableFileException unreadable) {
      check();
      findings.reject(input, order++, unreadable);
    }

    @Override
    public void leftOut(String place) {
      check();
      findings.leftOut(input, place);
    }

    private void check() {
      context.stop().check();
      throwFault();
    }
  }

  private void throwFault() {
    switch (fault.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      // Out of memory in a worker ends the run as it would on the main thread.
      case Error e -> throw e;
      default -> throw new IllegalStateException(fault.get());
    }
  }

  private void process(int input, long number, DocumentTask task) {
    try {
      add(input, number, task.parse());
    } catch (UnreadableFileException e) {
      findings.reject(input, number, e);
    } catch (IOException e) {
      fault.compareAndSet(null, scratchFailed(e));
    } catch (RuntimeException | Error e) {
      fault.compareAndSet(null, e);
    } finally {
      slots.release();
    }
  }

  private static RunFault scratchFailed(IOException e) {
    return RunFault.tryAgain(
        Reason.SCRATCH_FAILED, "Cannot read or write local files: " + e.getMessage() + ".", e);
  }

  private void add(int input, long number, Document document) throws IOException {
    int source = inputs.get(input).source();
    var id = DocumentId.of(run.sources().get(source).name(), document);
    boolean removed = removals.contains(id.toString(), document.id(), document.url());
    var cleaned = stages.get(source).clean(document, removed);
    var text = cleaned.document().text();
    var reason = cleaned.reason();
    var stored = reason == null ? text : DroppedDocument.beginning(text);
    var measured = new TreeMap<>(cleaned.document().attributes());
    measured.putAll(FilterChain.measures(cleaned.traits()));
    var place = spool.add(cleaned.document().with(stored).withAttributes(measured));
    boolean compared = cleaned.key() != null && cleaned.key().print() != null;
    var entry =
        new DocumentEntry(
            id,
            cleaned.key() == null ? null : cleaned.key().exact(),
            source,
            number,
            place,
            compared ? prints.add(number, cleaned.key().print()) : -1,
            cleaned.traits().characters(),
            PublicationDate.of(document.date()),
            DocumentFamily.of(document.attributes(), document.url()),
            null);
    findings.document(input, entry, reason);
    if (!cleaned.hits().isEmpty()) {
      findings.questions(Place.of(entry, cleaned.hits(), cleaned.asItCame()));
    }
  }
}
