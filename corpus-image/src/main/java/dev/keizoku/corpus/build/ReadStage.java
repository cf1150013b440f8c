package dev.keizoku.corpus.build;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.build.SourceDecisions.Start;
import dev.keizoku.corpus.decontaminate.Decontaminator;
import dev.keizoku.corpus.kept.KeptReadings;
import dev.keizoku.corpus.kept.KeptReadings.Part;
import dev.keizoku.corpus.kept.ReadingLog;
import dev.keizoku.corpus.kept.Tagged;
import dev.keizoku.corpus.questions.BenchmarkQuestions;
import dev.keizoku.corpus.read.SourceReader;
import dev.keizoku.corpus.read.SourceVisitor;
import dev.keizoku.corpus.read.StagedInputs;
import dev.keizoku.corpus.read.StagedInputs.Missing;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.LeftOutWarning;
import dev.keizoku.corpus.reject.RejectLimit;
import dev.keizoku.corpus.removal.RemovalList;
import dev.keizoku.corpus.spool.SpoolFolder;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.timing.StageClock;
import dev.keizoku.corpus.tokenize.BoundedTasks;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, cleans, measures and judges all documents, on several threads; sources that an earlier
 * build read are only judged. The order of documents is not kept: nothing later depends on it. What
 * cannot be read is counted, and ends the run only where it is more of a source than its {@code
 * maxRejectShare}.
 */
final class ReadStage {
  private static final Logger LOG = LoggerFactory.getLogger(ReadStage.class);

  private final CorpusRun run;
  private final KeptReadings readings;
  private final Wanted wanted;
  private final ByteProgress progress;
  private final Findings findings;
  private final SpoolFolder spool;
  private final RunContext context;
  private final BoundedTasks tasks;
  private final StageClock clock;
  private final Decontaminator decontaminator;

  ReadStage(
      CorpusRun run,
      KeptReadings readings,
      SpoolFolder spool,
      RunContext context,
      Workers workers,
      Wanted wanted) {
    this.run = run;
    this.readings = readings;
    this.wanted = wanted;
    this.progress = new ByteProgress(context, "read");
    this.findings = new Findings(run, readings.files(), wanted.questions, context.progress());
    this.spool = spool;
    this.context = context;
    this.tasks = new BoundedTasks(workers);
    this.clock = workers.clock();
    var asked = run.decontaminate();
    this.decontaminator =
        new Decontaminator(wanted.questions.index(asked.leastShare()), asked.onHit());
  }

  /**
   * What is known before a document is read.
   *
   * @param questions that must not be in any
   * @param removals what is to be taken out
   * @param missing files that sources name and no server gives
   */
  record Wanted(BenchmarkQuestions questions, RemovalList removals, List<Missing> missing) {

    /** The same with what is missing. */
    Wanted without(List<Missing> files) {
      return new Wanted(questions, removals, files);
    }
  }

  /**
   * Reads every source.
   *
   * @throws RunFault user error {@code UnreadableSource} for a source of which too much cannot be
   *     read, as soon as that is certain
   */
  Findings read() {
    int sources = run.sources().size();
    progress.begin(readings.bytesToRead());
    long order = 0;
    int input = 0;
    for (int source = 0; source < sources; source++) {
      for (var file : wanted.missing) {
        if (file.source() == source) {
          findings.missing(source, order, file.fault());
        }
      }
      order = readSource(source, input, order);
      input += readings.files(source).size();
    }
    findings.finish();
    wanted.removals.notFound().ifPresent(told -> tell(Reason.REMOVALS_NOT_FOUND, told));
    return findings;
  }

  /** Reads the parts of a source that nobody has read yet, and judges it. */
  private long readSource(int source, int input, long firstOrder) {
    long order = firstOrder;
    SourceReader reader = null;
    try {
      for (var part : readings.parts(source)) {
        var start = new Start(source, input, order);
        if (part.isKept()) {
          order += replay(start, part);
        } else {
          reader = reader == null ? reader(source) : reader;
          order += read(start, part, reader);
        }
      }
    } catch (IOException e) {
      throw BoundedTasks.scratchFailed(e);
    }
    end(source);
    return order;
  }

  private SourceReader reader(int source) throws IOException {
    return new SourceReader(
        run.sources().get(source),
        readings.files(source),
        context.scratch().resolve("unpacked"),
        progress);
  }

  /** Judges what an earlier build read. */
  private long replay(Start start, Part part) throws IOException {
    LOG.info(
        "{} files of source {} are judged as they were read before",
        part.files().size(),
        run.sources().get(start.source()).name());
    var decisions = decisions(start);
    long orders =
        clock.time(Stage.READ, () -> readings.replay(part, new Spread(decisions), progress));
    clock.count(Stage.READ, 0, part.bytes());
    progress.finished(part.bytesToRead());
    tasks.finish();
    return orders;
  }

  private long read(Start start, Part part, SourceReader reader) throws IOException {
    int source = start.source();
    try (var keeping = readings.keep(part)) {
      var found =
          new Found(
              new TaggingStage(run, run.sources().get(source), clock),
              List.of(keeping, decisions(start)));
      for (int file = 0; file < part.files().size(); file++) {
        var visitor = found.in(part.first() + file);
        var input = part.files().get(file);
        clock.run(Stage.READ, () -> reader.read(input, visitor));
        clock.count(Stage.READ, 0, input.bytes());
        progress.finished(input.bytes());
        limit(source).checkEarly(source, findings.rejects());
      }
      tasks.finish();
      keeping.commit(found.orders);
      return found.orders;
    }
  }

  private SourceDecisions decisions(Start start) {
    var stages = new DocumentStages(run, run.sources().get(start.source()), decontaminator, clock);
    return new SourceDecisions(start, stages, wanted.removals, spool, findings);
  }

  /** Judges a source that was read. */
  private void end(int source) {
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
    long bytes = readings.bytes(source) + StagedInputs.bytes(wanted.missing, source);
    return new RejectLimit(run.sources().get(source), findings.documents(source), bytes);
  }

  private void check() {
    context.stop().check();
    tasks.check();
  }

  /** Gives the documents of a kept source to the workers. */
  private final class Spread implements ReadingLog {
    private final SourceDecisions decisions;

    Spread(SourceDecisions decisions) {
      this.decisions = decisions;
    }

    @Override
    public void taken(int file) {
      decisions.taken(file);
    }

    @Override
    public void leftOut(int file, String place) {
      decisions.leftOut(file, place);
    }

    @Override
    public void document(int file, long order, Tagged document) {
      check();
      clock.count(Stage.READ, 1, 0);
      tasks.add(() -> decisions.document(file, order, document));
    }

    @Override
    public void reject(int file, long order, UnreadableFileException fault) {
      decisions.reject(file, order, fault);
    }
  }

  /** Gives what is found in the files of one source to the workers. */
  private final class Found {
    private final TaggingStage tagging;
    private final List<ReadingLog> logs;
    private long orders;

    Found(TaggingStage tagging, List<ReadingLog> logs) {
      this.tagging = tagging;
      this.logs = logs;
    }

    SourceVisitor in(int file) {
      return new SourceVisitor() {
        @Override
        public void taken() {
          for (var log : logs) {
            log.taken(file);
          }
        }

        @Override
        public void document(DocumentTask task) {
          check();
          long order = orders++;
          tasks.add(() -> tag(file, order, task));
        }

        @Override
        public void reject(UnreadableFileException unreadable) {
          check();
          rejectIn(file, orders++, unreadable);
        }

        @Override
        public void leftOut(String place) {
          check();
          for (var log : logs) {
            log.leftOut(file, place);
          }
        }
      };
    }

    private void tag(int file, long order, DocumentTask task) throws IOException {
      Tagged tagged;
      try {
        var document = clock.time(Stage.READ, task::parse);
        clock.count(Stage.READ, 1, 0);
        tagged = tagging.tag(document);
      } catch (UnreadableFileException e) {
        rejectIn(file, order, e);
        return;
      }
      for (var log : logs) {
        log.document(file, order, tagged);
      }
    }

    private void rejectIn(int file, long order, UnreadableFileException fault) {
      for (var log : logs) {
        log.reject(file, order, fault);
      }
    }
  }
}
