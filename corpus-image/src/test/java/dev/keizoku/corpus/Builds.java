package dev.keizoku.corpus;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.HeldOut;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.corpus.build.CorpusBuild;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs of the corpus program for tests. */
final class Builds {
  static final Path QUICKSTART = Path.of("../examples/quickstart");
  static final String TOKENIZER = StoreUri.of(QUICKSTART.resolve("tokenizer")) + "/";

  private Builds() {}

  static CorpusRun run(String output, String tokenizer, Source... sources) {
    return new CorpusRun(
        "uid-1",
        "default/test",
        new StorageSpec(null, null),
        output,
        List.of(sources),
        new Filters(50, null, 0.5),
        new Deduplication(true, true, null, null),
        null,
        null,
        tokenizer,
        null,
        new HeldOut(0.1, 100, null, null),
        new Seed(7L));
  }

  /** The same run with other settings, by their names in a run file. */
  static CorpusRun changed(CorpusRun run, Map<String, ?> settings) {
    return Sources.changed(run, CorpusRun.class, settings);
  }

  static Source source(String name, String uri, Format format) {
    return Sources.of(name, uri, format);
  }

  static Source source(String name, String uri, Format format, Double maxRejectShare) {
    return Sources.with(source(name, uri, format), "maxRejectShare", maxRejectShare);
  }

  static RunContext context(Path scratch) throws IOException {
    var board =
        new ProgressBoard("uid-1", "keizoku_corpus", new SimpleMeterRegistry(), Clock.systemUTC());
    var folder = Files.createTempDirectory(Files.createDirectories(scratch), "run");
    return new RunContext(board, new StopSignal(), folder);
  }

  /** Builds; of the report all but what differs from one build to the next: what stages took. */
  static FinalReport build(ObjectStore store, Path scratch, int threads, CorpusRun run)
      throws Exception {
    return timed(store, scratch, threads, run).withCorpus(CorpusResult::withoutStages);
  }

  static FinalReport timed(ObjectStore store, Path scratch, int threads, CorpusRun run)
      throws Exception {
    var context = context(scratch);
    return of(store, context, threads).build(run, context);
  }

  static CorpusBuild of(ObjectStore store, RunContext context, int threads) {
    return new CorpusBuild(store, context.scratch(), threads, CorpusBuild.PART_BYTES);
  }

  /** The same, keeping each file by itself. */
  static FinalReport buildKeepingEachFile(ObjectStore store, Path scratch, CorpusRun run)
      throws Exception {
    var context = context(scratch);
    return new CorpusBuild(store, context.scratch(), 2, 1)
        .build(run, context)
        .withCorpus(CorpusResult::withoutStages);
  }
}
