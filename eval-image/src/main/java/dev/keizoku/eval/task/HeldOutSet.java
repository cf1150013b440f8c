package dev.keizoku.eval.task;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.data.RowFormat;
import dev.keizoku.eval.data.RowOptions;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The held-out documents of a corpus version as a task: how likely a model finds them. */
public final class HeldOutSet {
  private static final String TEXT = "text";
  private static final String DOCUMENTS = "documents/heldout-";

  private HeldOutSet() {}

  /**
   * What is known of the version that documents are held out of.
   *
   * @param version its digest
   * @param onHit what became of documents with a benchmark's question: Drop, Cut or Report
   * @param benchmarks that were looked for in it, may be none
   */
  public record Corpus(String version, String onHit, List<Hits> benchmarks) {

    /** As its manifest tells. */
    public static Corpus of(CorpusManifest manifest) {
      var provenance = manifest.provenance();
      var found = provenance == null ? null : provenance.decontamination();
      return found == null
          ? new Corpus(manifest.version(), null, List.of())
          : new Corpus(
              manifest.version(),
              found.onHit(),
              found.benchmarks().stream()
                  .map(of -> new Hits(of.name(), of.questions(), of.found().size(), of.documents()))
                  .toList());
    }
  }

  /**
   * What was found of a benchmark.
   *
   * @param name its name
   * @param questions that it has
   * @param found of them
   * @param documents that held one
   */
  public record Hits(String name, int questions, int found, long documents) {}

  /**
   * The version that they are held out of.
   *
   * @throws RunFault exit 42 when it is not there or is another one
   */
  public static CorpusManifest corpus(HeldOutText set, ObjectStore store) {
    return CorpusReader.open(store, StoreUri.parse(set.uri()), set.sha256()).manifest();
  }

  /**
   * The task; its documents come from {@link #docs}.
   *
   * @param corpus their version; null where nothing is known of it
   */
  public static BenchmarkTask task(HeldOutText set, CorpusManifest corpus) {
    var text = Expression.of(set.uri(), "doc_to_target", TextNode.valueOf("{{" + TEXT + "}}"));
    var labels =
        new TaskFile.Labels(
            1.0,
            Map.of(),
            null,
            null,
            null,
            BenchmarkTask.DEFAULT_PROMPT,
            Map.of(),
            set.general(),
            null,
            corpus == null ? null : Corpus.of(corpus));
    var nothing = Expression.of(set.uri(), "description", TextNode.valueOf(""));
    var file =
        new TaskFile(
            set.uri(),
            set.taskName(),
            OutputType.LOGLIKELIHOOD_ROLLING,
            null,
            nothing,
            null,
            text,
            null,
            "",
            new FewShot(0, "", null, null, false, false, null, null, null),
            null,
            Metric.OF_DOCUMENTS,
            labels);
    return new BenchmarkTask(
        set.taskName(), Map.of(BenchmarkTask.DEFAULT_PROMPT, file), new TaskRows(null));
  }

  /**
   * The documents, in the version's order.
   *
   * @throws RunFault exit 42 when the version holds none
   */
  public static List<Doc> docs(HeldOutText set, CorpusManifest corpus, ObjectStore store) {
    var uri = StoreUri.parse(set.uri());
    var docs = new ArrayList<Doc>();
    for (var file : corpus.files()) {
      if (file.path().startsWith(DOCUMENTS)) {
        rows(store, uri.parent(), file).stream()
            .filter(row -> row.get(TEXT) instanceof String text && !text.isBlank())
            .map(row -> new Doc(docs.size(), String.valueOf(row.get("id")), row))
            .forEach(docs::add);
      }
    }
    if (docs.isEmpty()) {
      throw RunFault.userError(
          Reason.TASK_DATA_INVALID,
          "Corpus %s holds no held-out documents; build it with a heldOut share above 0."
              .formatted(set.uri()));
    }
    return docs;
  }

  private static List<Map<String, Object>> rows(
      ObjectStore store, StoreUri folder, ManifestFile file) {
    var bytes = Manifest.read(store, folder, file);
    try {
      return RowFormat.PARQUET.read(bytes, RowOptions.NONE);
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.TASK_DATA_INVALID,
          "%s in %s cannot be read (%s); build the corpus again."
              .formatted(file.path(), folder, e.getMessage()));
    }
  }
}
