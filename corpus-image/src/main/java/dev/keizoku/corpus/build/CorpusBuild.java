package dev.keizoku.corpus.build;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.Decontamination.OnHit;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.CorpusResult.StageTime;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.corpus.kept.KeptDigests;
import dev.keizoku.corpus.kept.KeptOfVersions;
import dev.keizoku.corpus.kept.KeptReadings;
import dev.keizoku.corpus.paragraph.ParagraphStage;
import dev.keizoku.corpus.paragraph.TakenLine;
import dev.keizoku.corpus.questions.BenchmarkQuestions;
import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.corpus.read.StagedInputs;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.removal.RemovalList;
import dev.keizoku.corpus.report.CorpusReport;
import dev.keizoku.corpus.report.CorpusReport.Examples;
import dev.keizoku.corpus.report.TimeReport;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.corpus.spool.SpoolFolder;
import dev.keizoku.corpus.timing.Stage;
import dev.keizoku.corpus.timing.StageClock;
import dev.keizoku.corpus.tokenize.TokenizedDocument;
import dev.keizoku.corpus.tokenize.Workers;
import dev.keizoku.corpus.versions.EarlierNear;
import dev.keizoku.corpus.versions.EarlierVersions;
import dev.keizoku.corpus.versions.FoundVersion;
import dev.keizoku.corpus.write.DroppedTable;
import dev.keizoku.corpus.write.InputTable;
import dev.keizoku.corpus.write.QuestionList;
import dev.keizoku.corpus.write.RejectTable;
import dev.keizoku.corpus.write.SourceCounts;
import dev.keizoku.corpus.write.SplitWriter;
import dev.keizoku.corpus.write.TakenOut;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Decontamination;
import dev.keizoku.storage.tokens.CorpusManifest.Provenance;
import dev.keizoku.storage.tokens.CorpusManifest.TokenizerInfo;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds one version of a corpus: stage the inputs, name the version by their digests, read, clean
 * and filter, drop duplicates, hold some documents out, tokenize, commit the manifest last.
 *
 * <p>The same inputs and spec give the same bytes whatever the number of threads. A version that is
 * there already is not built again.
 */
public final class CorpusBuild {
  /** Bytes of files that a killed build reads once more at most, or one larger file. */
  public static final long PART_BYTES = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CorpusBuild.class);

  private final ObjectStore store;
  private final Path scratch;
  private final int threads;
  private final long partBytes;
  private final StageClock clock = new StageClock();

  /**
   * @param scratch an empty local folder with room for the inputs and the cleaned text
   * @param threads for reading and tokenizing, 1 or more
   * @param partBytes of files after which what was read is kept: a killed build goes on from there
   */
  public CorpusBuild(ObjectStore store, Path scratch, int threads, long partBytes) {
    this.store = store;
    this.scratch = scratch;
    this.threads = threads;
    this.partBytes = partBytes;
  }

  /** Builds the version that a run describes and says what came of it. */
  public FinalReport build(CorpusRun run, RunContext context) throws Exception {
    Check.require(run);
    // A missing bucket is told now, not after the work: listing a folder asks for it.
    var versions = StoreUri.parse(run.output()).child("versions");
    store.list(versions.child("none/"));
    try (var tokenizer =
        TokenizerFetch.open(store, run.tokenizer(), scratch.resolve("tokenizer"))) {
      // Short lists first: one that is not there is told before hours of copying.
      var wanted =
          new ReadStage.Wanted(
              BenchmarkQuestions.read(store, run.decontaminate()),
              RemovalList.read(store, run.removals()),
              List.of());
      var named = CorpusVersion.Named.of(run, wanted, new EarlierVersions(store));
      context.progress().begin("stage", "bytes", 0, null);
      var keptFolder = StoreUri.parse(run.output()).child("kept");
      var digests = new KeptDigests(store, keptFolder, run.sources(), partBytes);
      var staging =
          new InputStaging(
              store, digests, scratch.resolve("inputs"), new ByteProgress(context, "stage"));
      var staged = stage(staging, run);
      var inputs = staged.files();
      digests.save();
      var textStart = TextStart.of(tokenizer, run.tokenization().addBosToken());
      var version =
          CorpusVersion.of(
              run, inputs, tokenizer.sha256(), textStart, named.without(staged.missing()));
      var folder = versions.child(version.digest());
      var found = FoundVersion.in(store, folder);
      if (found.isPresent()) {
        LOG.info("Version {} is there already", version.digest());
        new KeptOfVersions(store, run).prune(folder, context.progress());
        return VersionReport.of(run, found.get().manifest(), found.get().artifact(), null);
      }
      var readings =
          new KeptReadings(store, keptFolder, run, inputs, CorpusVersion.program(), partBytes);
      clock.phase(Stage.COPY, () -> staging.fetch(readings.unread()));
      var build =
          new Inputs(
              run, readings, version, tokenizer, textStart, wanted.without(staged.missing()));
      var written = write(build, new ArtifactFolder(store, folder), context);
      new KeptOfVersions(store, run).prune(folder, context.progress());
      return VersionReport.of(run, written.manifest, written.artifact, written.times);
    }
  }

  private StagedInputs stage(InputStaging staging, CorpusRun run) {
    var staged = clock.phase(Stage.COPY, () -> staging.stage(run.sources()));
    var files = staged.files();
    clock.count(Stage.COPY, files.size(), files.stream().mapToLong(InputFile::bytes).sum());
    return staged;
  }

  private record Inputs(
      CorpusRun run,
      KeptReadings readings,
      CorpusVersion version,
      Tokenizer tokenizer,
      TextStart textStart,
      ReadStage.Wanted wanted) {

    boolean hasQuestions() {
      return !wanted.questions().sets().isEmpty();
    }
  }

  private record Finished(CorpusManifest manifest, Artifact artifact, List<StageTime> times) {}

  private Finished write(Inputs in, ArtifactFolder folder, RunContext context) throws Exception {
    try (var workers = Workers.of(threads, clock);
        var scratchFiles = SpoolFolder.create(scratch.resolve("spool"))) {
      var spool = scratchFiles.documents();
      var findings =
          new ReadStage(in.run, in.readings, scratchFiles, context, workers, in.wanted).read();
      refuseQuestions(in, findings, spool);
      var fallen = new Fallen(new ArrayList<>(findings.dropped()), new ArrayList<>());
      var kept =
          kept(in, findings.kept(), scratchFiles, context, workers, fallen).stream()
              .sorted(DocumentEntry.BY_ID)
              .toList();
      var dropped = fallen.documents;
      findings.decided(kept, dropped);
      var counts = new SourceCounts(in.run.sources());
      dropped.forEach(counts::dropped);
      counts.unread(findings.rejects(), findings.leftOut(), findings::files);
      if (kept.isEmpty()) {
        throw counts.nothingLeft();
      }
      var split =
          SplitStage.of(
              in.run, kept, new EarlierVersions(store).heldOut(in.run.heldOut().carriedFrom()));
      split.train().forEach(entry -> counts.kept(entry, false));
      split.heldOut().forEach(entry -> counts.kept(entry, true));
      DuplicateLimit.check(in.run.deduplication(), counts.rows());
      context.progress().begin("tokenize", "documents", 0, (long) kept.size());
      var writer =
          new SplitWriter(
              in.run,
              spool,
              text -> TokenizedDocument.of(in.tokenizer, in.textStart, text),
              context,
              folder,
              workers);
      var train = writer.write("train", "tokens", split.train(), counts);
      var held = writer.write("heldout", "heldout", split.heldOut(), counts);
      split.write(folder, in.run.deduplication().near(), scratchFiles.prints());
      var samples = new DroppedTable(in.run, spool, folder).write(dropped);
      writeLists(in, findings, spool, folder);
      fallen.lines.addAll(findings.taken());
      var examples =
          new TakenOut(in.run, spool, kept).examples(samples, fallen.lines, findings.questions());
      return commit(in, folder, new Outcome(train, held, counts, findings), examples);
    }
  }

  private static void writeLists(Inputs in, Findings findings, Spool spool, ArtifactFolder folder)
      throws IOException {
    RejectTable.write(in.run, findings.rejects(), folder);
    InputTable.write(findings.read(in.version.inputs()), folder);
    KeptOfVersions.write(folder, in.readings.names(findings.sourcesWithRemovals()));
    if (in.hasQuestions()) {
      QuestionList.write(in.run, spool, findings.questions(), folder);
    }
  }

  private List<DocumentEntry> kept(
      Inputs in,
      List<DocumentEntry> passed,
      SpoolFolder files,
      RunContext context,
      Workers workers,
      Fallen fallen)
      throws Exception {
    var dropped = fallen.documents;
    var near = new EarlierNear(store, scratch.resolve("earlier"), files.prints(), context, workers);
    var asked = in.run.deduplication();
    var earlier = new EarlierVersions(store);
    var other = clock.phase(Stage.EXACT, () -> earlier.without(passed, asked.against(), dropped));
    var fresh =
        asked.near()
            ? clock.phase(Stage.NEAR, () -> near.without(other, asked.against(), dropped))
            : other;
    var unequal = new DuplicateStage(in.run, files.prints(), context, workers).run(fresh, dropped);
    return new ParagraphStage(in.run, files, context, workers)
        .run(unequal, scratch.resolve("spool/paragraphs"), dropped, fallen.lines);
  }

  /** Lists the questions that were found beside the versions, and publishes none. */
  private void refuseQuestions(Inputs in, Findings findings, Spool spool) throws IOException {
    if (in.run.decontaminate().onHit() != OnHit.REFUSE || findings.questions().isEmpty()) {
      return;
    }
    var folder =
        new ArtifactFolder(
            store, StoreUri.parse(in.run.output()).child("refused").child(in.version.digest()));
    QuestionList.write(in.run, spool, findings.questions(), folder);
    throw findings.questions().refusal(in.run, folder.uri(QuestionList.PATH).toString());
  }

  /** What the stages throw away: documents, and lines out of documents. */
  private record Fallen(List<DroppedDocument> documents, List<TakenLine> lines) {}

  private record Outcome(
      CorpusManifest.Split train,
      CorpusManifest.Split heldOut,
      SourceCounts counts,
      Findings findings) {}

  private Finished commit(Inputs in, ArtifactFolder folder, Outcome outcome, Examples examples) {
    var tokenizer =
        new TokenizerInfo(
            in.run.tokenizer(),
            in.tokenizer.sha256(),
            in.tokenizer.vocabSize(),
            in.tokenizer.eosToken(),
            in.tokenizer.eosId(),
            in.textStart.named());
    var provenance =
        new Provenance(
            in.version.spec(),
            outcome.counts.rows(),
            null,
            outcome.counts.dropped(),
            in.hasQuestions()
                ? new Decontamination(
                    in.run.decontaminate().onHit().word(), outcome.findings.questions().rows())
                : null);
    var withoutFiles =
        new CorpusManifest(
            CorpusManifest.FORMAT_VERSION,
            in.version.digest(),
            CorpusVersion.TOOL,
            tokenizer,
            outcome.train,
            outcome.heldOut,
            provenance,
            List.of());
    var unread = UnreadRows.of(in.run, outcome.findings);
    var report = new CorpusReport(withoutFiles, examples, unread, outcome.counts.histograms());
    folder.put("README.md", report.dataCard());
    folder.put("report.html", report.html());
    var manifest = withoutFiles.withFiles(folder.files());
    var times = new TimeReport(in.version.digest(), CorpusVersion.TOOL, threads, clock.times());
    times.write(store, StoreUri.parse(in.run.output()));
    return new Finished(manifest, folder.commit(Json.bytes(manifest)), times.stages());
  }
}
