package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.clean.TextCleaner;
import dev.keizoku.corpus.dedup.DuplicateKey;
import dev.keizoku.corpus.filter.FilterChain;
import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.read.Document;
import dev.keizoku.corpus.read.DocumentTask;
import dev.keizoku.corpus.read.InputFile;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.UnreadableFileException;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.program.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads, cleans and filters all documents, on several threads. Their order is not kept: nothing
 * later depends on it. A file that cannot be read ends the run; a document that a rule drops is
 * noted with its reason.
 */
final class ReadStage {
  private static final int TASKS_PER_THREAD = 4;

  private final CorpusRun run;
  private final FilterChain filters;
  private final Spool spool;
  private final RunContext context;
  private final ExecutorService workers;
  private final Semaphore slots;
  private final int allSlots;
  private final AtomicReference<Throwable> fault = new AtomicReference<>();
  private final List<DocumentEntry> kept = new ArrayList<>();
  private final List<DroppedDocument> dropped = new ArrayList<>();

  ReadStage(CorpusRun run, Spool spool, RunContext context, ExecutorService workers, int threads) {
    this.run = run;
    this.filters = FilterChain.of(run.filters());
    this.spool = spool;
    this.context = context;
    this.workers = workers;
    // Bounds the files that are in memory at once.
    this.allSlots = threads * TASKS_PER_THREAD;
    this.slots = new Semaphore(allSlots);
  }

  /** Reads every file; afterwards {@link #kept} and {@link #dropped} are complete. */
  void read(List<InputFile> inputs) {
    context.progress().begin("read", "documents", 0, null);
    for (var input : inputs) {
      read(input);
    }
    slots.acquireUninterruptibly(allSlots);
    throwFault();
  }

  private void read(InputFile input) {
    var reader = new SourceReader(run.sources().get(input.source()));
    try {
      reader.read(
          input,
          task -> {
            context.stop().check();
            throwFault();
            slots.acquireUninterruptibly();
            workers.execute(() -> process(input, task));
          });
    } catch (IOException e) {
      throw fault(input, e);
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

  private void process(InputFile input, DocumentTask task) {
    try {
      add(input, task.parse());
    } catch (IOException e) {
      fault.compareAndSet(null, fault(input, e));
    } catch (RuntimeException | StackOverflowError e) {
      fault.compareAndSet(
          null,
          RunFault.userError(
              Reason.UNREADABLE_SOURCE,
              input.uri() + " cannot be read: " + e + "; leave it out.",
              e));
    } catch (Error e) {
      fault.compareAndSet(null, e);
    } finally {
      slots.release();
    }
  }

  private static RunFault fault(InputFile input, IOException e) {
    return e instanceof UnreadableFileException
        ? RunFault.userError(
            Reason.UNREADABLE_SOURCE,
            "%s cannot be read: %s.".formatted(input.uri(), e.getMessage()),
            e)
        : RunFault.tryAgain(
            Reason.SCRATCH_FAILED, "Cannot read or write local files: " + e.getMessage() + ".", e);
  }

  private void add(InputFile input, Document document) throws IOException {
    var source = run.sources().get(input.source());
    var text = TextCleaner.clean(document.text());
    var traits = TextTraits.of(text);
    var reason =
        document.rejection() != null ? document.rejection() : filters.drops(traits).orElse(null);
    var id = DocumentId.of(source.name(), document.location(), text);
    var stored = reason == null ? text : DroppedDocument.beginning(text);
    var place = spool.add(with(document, stored));
    var key = reason == null ? DuplicateKey.of(text) : null;
    note(
        new DocumentEntry(
            id, key, input.source(), place.offset(), place.length(), traits.characters()),
        reason);
  }

  private static Document with(Document document, String text) {
    return new Document(
        document.location(),
        TextCleaner.clean(document.title()).replaceAll("\\s+", " "),
        document.url(),
        document.date(),
        text,
        null);
  }

  private synchronized void note(DocumentEntry entry, String reason) {
    if (reason == null) {
      kept.add(entry);
    } else {
      dropped.add(new DroppedDocument(entry, reason));
    }
    context.progress().step(kept.size() + dropped.size());
    context.progress().metric("documentsKept", kept.size());
    context.progress().metric("documentsDropped", dropped.size());
  }

  /** Documents that passed the rules. */
  List<DocumentEntry> kept() {
    return kept;
  }

  /** Documents that did not. */
  List<DroppedDocument> dropped() {
    return dropped;
  }
}
