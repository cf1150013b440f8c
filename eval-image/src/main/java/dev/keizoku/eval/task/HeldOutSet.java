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

  /** The task; its documents come from {@link #docs}. */
  public static BenchmarkTask task(HeldOutText set) {
    var text = Expression.of(set.uri(), "doc_to_target", TextNode.valueOf("{{" + TEXT + "}}"));
    var labels =
        new TaskFile.Labels(
            "Held-out documents of the corpus " + set.name(),
            null,
            null,
            null,
            BenchmarkTask.DEFAULT_PROMPT,
            Map.of(),
            set.general(),
            null);
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
   * @throws RunFault exit 42 when the version is not there, is another one or holds none
   */
  public static List<Doc> docs(HeldOutText set, ObjectStore store) {
    var uri = StoreUri.parse(set.uri());
    var corpus = CorpusReader.open(store, uri, set.sha256());
    var docs = new ArrayList<Doc>();
    for (var file : corpus.manifest().files()) {
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
