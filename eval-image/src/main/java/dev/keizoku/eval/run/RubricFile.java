package dev.keizoku.eval.run;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Judge;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A judge's rubric that stands in a file: read once, before anything is asked. */
final class RubricFile {
  private RubricFile() {}

  /**
   * The run with the rubric in it.
   *
   * @throws RunFault user errors {@code FileNotFound} and {@code RunFileInvalid} for a file that is
   *     not there, or is empty or too large
   */
  static EvalRun read(EvalRun run, ObjectStore store) {
    if (run.judge() == null || run.judge().settings().rubricUri() == null) {
      return run;
    }
    var uri = StoreUri.parse(run.judge().settings().rubricUri());
    var file = store.stat(uri);
    if (file.isEmpty()) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "There is no rubric at %s; put a text file there, or mount the ConfigMap that holds it with podTemplate.volumes and volumeMounts."
              .formatted(uri));
    }
    var text =
        file.get().bytes() > Judge.MOST_BYTES
            ? ""
            : new String(store.read(uri), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID,
          String.format(
              Locale.ROOT,
              "The rubric at %s has %,d bytes; give a text of 1 to %,d.",
              uri,
              file.get().bytes(),
              Judge.MOST_BYTES));
    }
    return run.withRubric(text);
  }
}
