package dev.keizoku.corpus.versions;

import dev.keizoku.contract.fault.FailedTask;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.TextKey;
import dev.keizoku.corpus.dedup.TextPrint;
import dev.keizoku.corpus.spool.DocumentId;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;

/** The texts of a version, to compare others with them. Rows are numbered as in its splits. */
final class KeptTexts {
  private static final List<String> SPLITS = List.of("documents/train", "documents/heldout");
  private static final List<String> COLUMNS = List.of("id", "text");
  private static final int AT_ONCE = 256;

  private final VersionTables tables;
  private final RunContext context;
  private final Workers workers;
  private final List<Callable<Row>> waiting = new ArrayList<>();
  private int rows;

  KeptTexts(VersionTables tables, RunContext context, Workers workers) {
    this.tables = tables;
    this.context = context;
    this.workers = workers;
  }

  /**
   * A text of the version.
   *
   * @param number of its row
   * @param id of the document
   * @param print of its text
   */
  record Row(int number, DocumentId id, TextPrint print) {}

  /** Takes a row. */
  @FunctionalInterface
  interface Sink {
    void accept(Row row);
  }

  /** Gives the wanted rows to the sink, in their order, on this thread. */
  void read(IntPredicate wanted, Sink sink) throws IOException {
    rows = 0;
    for (var split : SPLITS) {
      tables.read(split, COLUMNS, row -> take(row, wanted, sink));
    }
    flush(sink);
  }

  private void take(Map<String, String> row, IntPredicate wanted, Sink sink) {
    int number = rows++;
    if (!wanted.test(number)) {
      return;
    }
    waiting.add(
        () ->
            new Row(
                number,
                DocumentId.parse(row.get("id")),
                TextKey.of(row.get("text"), true).print()));
    if (waiting.size() == AT_ONCE) {
      flush(sink);
    }
  }

  private void flush(Sink sink) {
    context.stop().check();
    context.progress().step(rows);
    try {
      for (var done : workers.executor().invokeAll(waiting)) {
        sink.accept(done.get());
      }
    } catch (ExecutionException e) {
      throw FailedTask.unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFault.tryAgain(
          Reason.INTERRUPTED, "Stopped while comparing with an earlier version.", e);
    } finally {
      waiting.clear();
    }
  }
}
