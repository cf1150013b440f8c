package dev.keizoku.corpus;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Deduplication;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.contract.corpus.CorpusRun.HeldOut;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.corpus.build.CorpusBuild;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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
        new Deduplication(true),
        tokenizer,
        new HeldOut(0.1, 100),
        7);
  }

  static Source source(String name, String uri, Format format) {
    return new Source(name, uri, format, null, null, null, "test");
  }

  static RunContext context() {
    var board =
        new ProgressBoard("uid-1", "keizoku_corpus", new SimpleMeterRegistry(), Clock.systemUTC());
    return new RunContext(board, new StopSignal());
  }

  static FinalReport build(ObjectStore store, Path scratch, int threads, CorpusRun run)
      throws Exception {
    return new CorpusBuild(store, scratch, threads).build(run, context());
  }
}
