package dev.keizoku.corpus.build;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.corpus.dedup.ExactDuplicates;
import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.report.CorpusReport;
import dev.keizoku.corpus.split.HeldOutSplit;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.corpus.tokenize.OrderedTasks;
import dev.keizoku.corpus.tokenize.TokenizedDocument;
import dev.keizoku.corpus.write.DroppedTable;
import dev.keizoku.corpus.write.RejectTable;
import dev.keizoku.corpus.write.SourceCounts;
import dev.keizoku.corpus.write.SplitWriter;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.Provenance;
import dev.keizoku.storage.tokens.CorpusManifest.TokenizerInfo;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
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
  private static final Logger LOG = LoggerFactory.getLogger(CorpusBuild.class);
  private static final Comparator<DocumentEntry> BY_ID =
      Comparator.comparing(DocumentEntry::id)
          .thenComparingInt(DocumentEntry::source)
          .thenComparingLong(DocumentEntry::order);
  private static final int TASKS_PER_THREAD = 4;

  private final ObjectStore store;
  private final Path scratch;
  private final int threads;

  /**
   * @param scratch an empty local folder with room for the inputs and the cleaned text
   * @param threads for reading and tokenizing, 1 or more
   */
  public CorpusBuild(ObjectStore store, Path scratch, int threads) {
    this.store = store;
    this.scratch = scratch;
    this.threads = threads;
  }

  /** Builds the version that a run describes and says what came of it. */
  public FinalReport build(CorpusRun run, RunContext context) throws Exception {
    Check.require(run);
    // A missing bucket is told now, not after the work: listing a folder asks for it.
    var versions = StoreUri.parse(run.output()).child("versions");
    store.list(versions.child("none/"));
    try (var tokenizer =
        TokenizerFetch.open(store, run.tokenizer(), scratch.resolve("tokenizer"))) {
      context.progress().begin("stage", "bytes", 0, null);
      var staging = new InputStaging(store, scratch.resolve("inputs"), new StagedBytes(context));
      var inputs = staging.stage(run.sources());
      var textStart = TextStart.of(tokenizer, run.tokenization().addBosToken());
      var version = CorpusVersion.of(run, inputs, tokenizer.sha256(), textStart);
      var folder = versions.child(version.digest());
      var finished = finished(folder);
      if (finished.isPresent()) {
        LOG.info("Version {} is there already", version.digest());
        return VersionReport.of(run, finished.get().manifest, finished.get().artifact);
      }
      var build = new Inputs(run, inputs, version, tokenizer, textStart);
      var written = write(build, new ArtifactFolder(store, folder), context);
      return VersionReport.of(run, written.manifest, written.artifact);
    }
  }

  private record Inputs(
      CorpusRun run,
      List<InputFile> files,
      CorpusVersion version,
      Tokenizer tokenizer,
      TextStart textStart) {}

  private record Finished(CorpusManifest manifest, Artifact artifact) {}

  private Optional<Finished> finished(StoreUri folder) {
    var uri = folder.child(Manifest.FILE_NAME);
    if (store.stat(uri).isEmpty()) {
      return Optional.empty();
    }
    var bytes = store.read(uri);
    var manifest = Json.read(bytes, CorpusManifest.class, uri.toString());
    if (!Manifest.isComplete(store, folder, manifest.files())) {
      LOG.warn("{} lacks files of its manifest and is built again", folder);
      return Optional.empty();
    }
    long size = manifest.files().stream().mapToLong(file -> file.bytes()).sum() + bytes.length;
    return Optional.of(
        new Finished(manifest, new Artifact(uri.toString(), Digests.sha256(bytes), size)));
  }

  private Finished write(Inputs in, ArtifactFolder folder, RunContext context) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (var spool = new Spool(scratch.resolve("spool"))) {
      var findings = new ReadStage(in.run, in.files, spool, context, workers, threads).read();
      var dropped = new ArrayList<>(findings.dropped());
      var kept = withoutDuplicates(in.run, findings.kept(), dropped);
      var counts = new SourceCounts(in.run.sources());
      dropped.forEach(counts::dropped);
      counts.unread(findings.rejects(), findings.leftOut());
      if (kept.isEmpty()) {
        throw nothingLeft(counts);
      }
      var heldOut = heldOut(in.run, kept);
      kept.forEach(entry -> counts.kept(entry, heldOut.contains(entry)));
      context.progress().begin("tokenize", "documents", 0, (long) kept.size());
      var writer =
          new SplitWriter(
              in.run,
              spool,
              text -> TokenizedDocument.of(in.tokenizer, in.textStart, text),
              context,
              folder,
              new OrderedTasks<>(workers, threads * TASKS_PER_THREAD));
      var train =
          writer.write("train", "tokens", part(kept, entry -> !heldOut.contains(entry)), counts);
      var held = writer.write("heldout", "heldout", part(kept, heldOut::contains), counts);
      var samples = new DroppedTable(in.run, spool, folder).write(dropped);
      RejectTable.write(in.run, findings.rejects(), folder);
      return commit(in, folder, new Outcome(train, held, counts, findings), samples);
    } finally {
      workers.shutdownNow();
    }
  }

  private record Outcome(
      CorpusManifest.Split train,
      CorpusManifest.Split heldOut,
      SourceCounts counts,
      Findings findings) {}

  private static Finished commit(
      Inputs in, ArtifactFolder folder, Outcome outcome, List<CorpusReport.Sample> samples) {
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
            outcome.findings.read(in.version.inputs()),
            outcome.counts.dropped());
    var withoutFiles = manifest(in, tokenizer, outcome, provenance, List.of());
    var unread = UnreadRows.of(in.run, outcome.findings);
    var report = new CorpusReport(withoutFiles, samples, unread, outcome.counts.lengths());
    folder.put("README.md", report.dataCard());
    folder.put("report.html", report.html());
    var manifest = manifest(in, tokenizer, outcome, provenance, folder.files());
    return new Finished(manifest, folder.commit(Json.bytes(manifest)));
  }

  private static CorpusManifest manifest(
      Inputs in,
      TokenizerInfo tokenizer,
      Outcome outcome,
      Provenance provenance,
      List<ManifestFile> files) {
    return new CorpusManifest(
        CorpusManifest.FORMAT_VERSION,
        in.version.digest(),
        CorpusVersion.TOOL,
        tokenizer,
        outcome.train,
        outcome.heldOut,
        provenance,
        files);
  }

  /** What stays, in the order of the ids. */
  private static List<DocumentEntry> withoutDuplicates(
      CorpusRun run, List<DocumentEntry> documents, List<DroppedDocument> dropped) {
    if (!run.deduplication().exact()) {
      return documents.stream().sorted(BY_ID).toList();
    }
    // Sources are listed by priority: of equal documents the one of the earlier source stays.
    var order = Comparator.comparingInt(DocumentEntry::source).thenComparing(BY_ID);
    var duplicates = ExactDuplicates.find(documents, DocumentEntry::key, order);
    duplicates.forEach(entry -> dropped.add(new DroppedDocument(entry, ExactDuplicates.REASON)));
    return documents.stream().filter(entry -> !duplicates.contains(entry)).sorted(BY_ID).toList();
  }

  private static Set<DocumentEntry> heldOut(CorpusRun run, List<DocumentEntry> kept) {
    var heldOut = run.heldOut();
    return new HeldOutSplit(heldOut.fraction(), heldOut.maxDocuments(), run.randomness().seed())
        .choose(kept, entry -> entry.id().toString());
  }

  private static List<DocumentEntry> part(
      List<DocumentEntry> documents, Predicate<DocumentEntry> in) {
    return documents.stream().filter(in).toList();
  }

  private static RunFault nothingLeft(SourceCounts counts) {
    var leftOut = counts.leftOut();
    return RunFault.userError(
        Reason.NO_DOCUMENTS_LEFT,
        "No document is left of %d (dropped: %s)%s; loosen filters or correct the sources."
            .formatted(
                counts.dropped().values().stream().mapToLong(Long::longValue).sum(),
                counts.dropped(),
                leftOut.isEmpty() ? "" : "; no reader takes files of these names: " + leftOut));
  }
}
