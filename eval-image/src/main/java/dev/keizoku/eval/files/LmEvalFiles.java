package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.storage.artifact.ArtifactFolder;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;

/**
 * The files of an evaluation as lm-evaluation-harness' {@code --output_path} has them, for tools
 * that open those: {@code lm-eval/MODEL/results_DATE.json} and {@code samples_TASK_DATE.jsonl}.
 */
public final class LmEvalFiles {
  /** Name of the folder below the run's output. */
  public static final String FOLDER = "lm-eval";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** As Python's {@code isoformat} with colons replaced. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LmEvalFiles() {}

  /** Writes all models' files. */
  public static void write(ArtifactFolder folder, Evaluation evaluation) throws IOException {
    var date = date(evaluation.finished());
    for (var model : evaluation.models()) {
      var of = FOLDER + "/" + model.model().name() + "/";
      var hashes = new LinkedHashMap<String, String>();
      for (var task : evaluation.tasks()) {
        var file = "%ssamples_%s_%s.jsonl".formatted(of, task.name(), date);
        var samples = new LmEvalSamples(model, task);
        folder.write(file, out -> hashes.put(task.name(), samples.write(out)));
      }
      folder.put(
          of + "results_" + date + ".json",
          JSON.writeValueAsBytes(LmEvalResults.of(evaluation, model, hashes)));
    }
  }

  static String date(Instant time) {
    return DATE.format(time);
  }
}
