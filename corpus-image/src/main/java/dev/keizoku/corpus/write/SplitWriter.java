package dev.keizoku.corpus.write;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.timing.StageClock;
import dev.keizoku.corpus.tokenize.OrderedTasks;
import dev.keizoku.corpus.tokenize.TokenizedDocument;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.parquet.ParquetColumn;
import dev.keizoku.storage.tokens.CorpusManifest.Shard;
import dev.keizoku.storage.tokens.CorpusManifest.Split;
import dev.keizoku.storage.tokens.TokenShardWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Tokenizes the documents of a split and writes its shards and its readable twin. */
public final class SplitWriter {
  private static final List<ParquetColumn> COLUMNS =
      List.of(
          ParquetColumn.string("id"),
          ParquetColumn.string("source"),
          ParquetColumn.string("url"),
          ParquetColumn.string("title"),
          ParquetColumn.string("date"),
          ParquetColumn.string("licence"),
          ParquetColumn.string("attributes"),
          ParquetColumn.int64("characters"),
          ParquetColumn.int64("tokens"),
          ParquetColumn.string("cluster"),
          ParquetColumn.int64("cluster_size"),
          ParquetColumn.string("text"));

  /** 256 MiB of int32. */
  private static final long SHARD_TOKENS = 64L << 20;

  private static final List<Integer> PACKED_LENGTHS = List.of(256, 512, 1024, 2048, 4096);

  private final CorpusRun run;
  private final Spool spool;
  private final Function<String, TokenizedDocument> tokenizer;
  private final RunContext context;
  private final ArtifactFolder folder;
  private final OrderedTasks<Ready> tasks;
  private final StageClock clock;

  public SplitWriter(
      CorpusRun run,
      Spool spool,
      Function<String, TokenizedDocument> tokenizer,
      RunContext context,
      ArtifactFolder folder,
      Workers workers) {
    this.run = run;
    this.spool = spool;
    this.tokenizer = tokenizer;
    this.context = context;
    this.folder = folder;
    this.tasks = new OrderedTasks<>(workers.executor(), workers.tasksAhead());
    this.clock = workers.clock();
  }

  /** A document that is ready to be written. */
  public record Ready(DocumentEntry entry, Document document, TokenizedDocument tokens) {}

  /**
   * Writes a split.
   *
   * @param name of its table
   * @param stem of its shards, for instance {@code tokens}
   * @param documents in the order to write
   * @param counts gets the tokens of each source
   */
  public Split write(String name, String stem, List<DocumentEntry> documents, SourceCounts counts)
      throws Exception {
    var shards = new ArrayList<Shard>();
    try (var output = new Output(name, stem, shards)) {
      var work = documents.stream().<Callable<Ready>>map(entry -> () -> tokenize(entry)).iterator();
      tasks.run(
          work,
          ready -> {
            context.stop().check();
            clock.run(Stage.WRITE, () -> output.add(ready));
            clock.count(Stage.WRITE, ready.document().text());
            counts.written(
                ready.entry(), ready.document().attributes(), ready.tokens().ids().length);
            context.progress().step(counts.documents());
            context.progress().count("documents", counts.documents());
            context.progress().count("tokens", counts.tokens());
          });
      clock.run(Stage.WRITE, output::commit);
    }
    long tokens = shards.stream().mapToLong(Shard::tokens).sum();
    long characters = documents.stream().mapToLong(DocumentEntry::characters).sum();
    var packed = new TreeMap<String, Long>();
    PACKED_LENGTHS.forEach(length -> packed.put("%05d".formatted(length), tokens / length));
    return new Split(documents.size(), tokens, characters, shards, packed);
  }

  private Ready tokenize(DocumentEntry entry) throws Exception {
    var document = spool.get(entry);
    clock.count(Stage.TOKENIZE, document.text());
    var tokens = clock.time(Stage.TOKENIZE, () -> tokenizer.apply(document.text()));
    return new Ready(entry, document, tokens);
  }

  /** The files of a split while they are written. */
  private final class Output implements AutoCloseable {
    private final String stem;
    private final List<Shard> shards;
    private final TableWriter table;
    private TokenShardWriter shard;

    Output(String name, String stem, List<Shard> shards) throws Exception {
      this.stem = stem;
      this.shards = shards;
      table = new TableWriter(folder, "documents/" + name, COLUMNS);
      begin();
    }

    private void begin() {
      shard = new TokenShardWriter(folder, "%s/%05d".formatted(stem, shards.size()));
    }

    void add(Ready ready) throws Exception {
      if (shard.tokens() >= SHARD_TOKENS) {
        shards.add(shard.commit());
        begin();
      }
      shard.add(ready.tokens().ids(), ready.entry().id().toString());
      var source = run.sources().get(ready.entry().source());
      var document = ready.document();
      var cluster = ready.entry().cluster();
      table.add(
          ready.entry().id().toString(),
          source.name(),
          document.url().isEmpty() ? document.place(source.uri()) : document.url(),
          document.title(),
          document.date(),
          source.licence() == null ? "" : source.licence(),
          Json.tree(document.attributes()).toString(),
          (long) ready.entry().characters(),
          (long) ready.tokens().ids().length,
          cluster == null ? ready.entry().id().toString() : cluster.id().toString(),
          cluster == null ? 1L : (long) cluster.size(),
          document.text());
    }

    void commit() throws Exception {
      shards.add(shard.commit());
      table.commit();
    }

    @Override
    public void close() {
      shard.close();
      table.close();
    }
  }
}
