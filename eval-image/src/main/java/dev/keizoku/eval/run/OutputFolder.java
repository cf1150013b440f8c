package dev.keizoku.eval.run;

import dev.keizoku.contract.result.Artifact;
import dev.keizoku.eval.files.JudgementsFile;
import dev.keizoku.eval.files.LmEvalFiles;
import dev.keizoku.eval.files.ResultsFile;
import dev.keizoku.eval.files.SamplesFile;
import dev.keizoku.eval.report.EvaluationReport;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.program.ProgramVersion;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.Manifest;
import java.io.IOException;
import java.util.TreeMap;

/** Writes what an evaluation leaves, the manifest last. */
final class OutputFolder {
  private static final String TOOL = ProgramVersion.of("eval");

  private final ObjectStore store;
  private final StoreUri uri;

  OutputFolder(ObjectStore store, String uri) {
    this.store = store;
    this.uri = StoreUri.parse(uri);
  }

  /**
   * Puts a complete evaluation in the place of an earlier one, whose manifest goes just before the
   * first file that belongs to the new one.
   */
  Artifact commit(Evaluation evaluation) throws IOException {
    store.delete(uri.child(Manifest.FILE_NAME));
    // Their names hold a date, and its tools would take an earlier run's for tasks of this one.
    store.deleteFolder(uri.child(LmEvalFiles.FOLDER));
    var folder = new ArtifactFolder(store, uri);
    folder.put("results.json", ResultsFile.bytes(evaluation));
    folder.put("report.html", EvaluationReport.html(evaluation));
    folder.write(
        "samples.jsonl",
        out -> {
          for (var model : evaluation.models()) {
            SamplesFile.write(out, model, evaluation.tasks());
          }
        });
    if (!evaluation.judged().isEmpty()) {
      folder.write("judgements.jsonl", out -> JudgementsFile.write(out, evaluation.judged()));
    }
    LmEvalFiles.write(folder, evaluation);
    var properties = new TreeMap<String, String>();
    evaluation
        .models()
        .forEach(model -> properties.put("model." + model.model().name(), model.model().sha256()));
    evaluation.tasks().forEach(task -> properties.put("task." + task.name(), task.sha256()));
    return folder.commit("evaluation", TOOL, properties);
  }
}
