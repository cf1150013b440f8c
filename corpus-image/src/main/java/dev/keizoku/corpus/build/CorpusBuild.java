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
import dev.keizoku.corpus.read.InputFile;
import dev.keizoku.corpus.read.InputStaging;
import dev.keizoku.corpus.report.CorpusReport;
import dev.keizoku.corpus.split.HeldOutSplit;
import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.corpus.spool.DroppedDocument;
import dev.keizoku.corpus.spool.Spool;
import dev.keizoku.corpus.tokenize.OrderedTasks;
import dev.keizoku.corpus.write.DroppedTable;
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
import dev.keizoku.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
      Comparator.comparing(DocumentEntry::id).thenComparingInt(DocumentEntry::source);
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
      context.progress().begin("stage", "documents", 0, null);
      var staging = new InputStaging(store, scratch.resolve("inputs"), context.stop()::check);
      var inputs = staging.stage(run.sources());
      var version = CorpusVersion.of(run, inputs, tokenizer.sha256());
      var folder = versions.child(version.digest());
      var finished = finished(folder);
      if (finished.isPresent()) {
        LOG.info("Version {} is there already", version.digest());
        return report(run, finished.get());
      }
      var build = new Inputs(run, inputs, version, tokenizer);
      return report(run, write(build, new ArtifactFolder(store, folder), context));
    }
  }

  private record Inputs(
      CorpusRun run, List<InputFile> files, CorpusVersion version, Tokenizer tokenizer) {}

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
      var reading = new ReadStage(in.run, spool, context, workers, threads);
      reading.read(in.files);
      var dropped = new ArrayList<>(reading.dropped());
      var kept = withoutDuplicates(in.run, reading.kept(), dropped);
      if (kept.isEmpty()) {
        throw nothingLeft(dropped);
      }
      var heldOut = heldOut(in.run, kept);
      context.progress().begin("tokenize", "documents", 0, (long) kept.size());
      var counts = new SourceCounts(in.run.sources());
      kept.forEach(entry -> counts.kept(entry, heldOut.contains(entry)));
      dropped.forEach(counts::dropped);
      var writer =
          new SplitWriter(
              in.run,
              spool,
              in.tokenizer,
              context,
              folder,
              new OrderedTasks<>(workers, threads * TASKS_PER_THREAD));
      var train =
          writer.write("train", "tokens", sorted(kept, entry -> !heldOut.contains(entry)), counts);
      var held = writer.write("heldout", "heldout", sorted(kept, heldOut::contains), counts);
      var samples = new DroppedTable(in.run, spool, folder).write(dropped);
      return commit(in, folder, new Outcome(train, held, counts), samples);
    } finally {
      workers.shutdownNow();
    }
  }

  private record Outcome(
      CorpusManifest.Split train, CorpusManifest.Split heldOut, SourceCounts counts) {}

  private static Finished commit(
      Inputs in, ArtifactFolder folder, Outcome outcome, List<CorpusReport.Sample> samples) {
    var tokenizer =
        new TokenizerInfo(
            in.run.tokenizer(),
            in.tokenizer.sha256(),
            in.tokenizer.vocabSize(),
            in.tokenizer.eosToken(),
            in.tokenizer.eosId());
    var provenance =
        new Provenance(
            in.version.spec(),
            outcome.counts.rows(),
            in.version.inputs(),
            outcome.counts.dropped());
    var withoutFiles = manifest(in, tokenizer, outcome, provenance, List.of());
    var report = new CorpusReport(withoutFiles, samples, outcome.counts.lengths());
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

  private static List<DocumentEntry> withoutDuplicates(
      CorpusRun run, List<DocumentEntry> documents, List<DroppedDocument> dropped) {
    if (!run.deduplication().exact()) {
      return documents;
    }
    // Sources are listed by priority: of equal documents the one of the earlier source stays.
    var order = Comparator.comparingInt(DocumentEntry::source).thenComparing(BY_ID);
    var duplicates = ExactDuplicates.find(documents, DocumentEntry::key, order);
    duplicates.forEach(entry -> dropped.add(new DroppedDocument(entry, ExactDuplicates.REASON)));
    return documents.stream().filter(entry -> !duplicates.contains(entry)).toList();
  }

  private static Set<DocumentEntry> heldOut(CorpusRun run, List<DocumentEntry> kept) {
    var heldOut = run.heldOut();
    return new HeldOutSplit(heldOut.fraction(), heldOut.maxDocuments(), run.randomness().seed())
        .choose(kept, entry -> entry.id().toString());
  }

  private static List<DocumentEntry> sorted(
      List<DocumentEntry> documents, Predicate<DocumentEntry> in) {
    return documents.stream().filter(in).sorted(BY_ID).toList();
  }

  private static RunFault nothingLeft(List<DroppedDocument> dropped) {
    var reasons = new TreeMap<String, Long>();
    dropped.forEach(document -> reasons.merge(document.reason(), 1L, Long::sum));
    return RunFault.userError(
        Reason.NO_DOCUMENTS_LEFT,
        "No document is left of %d (dropped: %s); loosen filters or correct the sources."
            .formatted(dropped.size(), reasons));
  }

  private static FinalReport report(CorpusRun run, Finished finished) {
    var manifest = finished.manifest;
    var result =
        new FinalReport.CorpusResult(
            manifest.version(),
            manifest.train().documents(),
            manifest.train().tokens(),
            manifest.heldOut().documents(),
            manifest.heldOut().tokens(),
            manifest.provenance().dropped(),
            manifest.tokenizer().sha256());
    var message =
        String.format(
            Locale.ROOT,
            "%,d documents and %,d tokens for training, %,d documents held out.",
            result.documents(),
            result.tokens(),
            result.heldOutDocuments());
    return FinalReport.of(run.runUid(), Reason.COMPLETED, message).with(finished.artifact, result);
  }
}
