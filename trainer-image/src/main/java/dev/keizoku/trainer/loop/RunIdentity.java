package dev.keizoku.trainer.loop;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether two attempts are of one run, so that one may go on from the other's checkpoints. */
final class RunIdentity {
  private RunIdentity() {}

  /**
   * What makes the numbers of a run; devices, places and names do not. Guards do, but who changes
   * them after a run has stopped wants to go on from its checkpoint.
   */
  static String of(TrainRun run, StartModel start, RunCorpora corpora) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("config", start.configJson());
    facts.put("baseModel", run.baseModel());
    facts.put("tokenizer", start.tokenizer().fileSha256());
    facts.put("corpora", List.copyOf(corpora.digests().values()));
    facts.put("weights", run.data().stream().map(d -> String.valueOf(d.weight())).toList());
    facts.put("sequenceLength", run.training().sequenceLength());
    facts.put("training", training(run.training()));
    facts.put("optimizer", run.optimizer());
    facts.put("precision", String.valueOf(run.training().precision()));
    facts.put("seed", run.training().seed());
    // Only where they say something, so that checkpoints of programs without them stay usable.
    if (run.packing().crossDocuments()) {
      facts.put("packing", "crossDocuments");
    } else if (run.packing().bestFit()) {
      facts.put("packing", "bfd");
    }
    if (!corpora.overlaps().isEmpty()) {
      facts.put("leftOut", corpora.overlaps().stream().map(o -> o.documents().toString()).toList());
    }
    return Digests.sha256(Json.bytes(facts));
  }

  // How a batch is cut over devices and when it is measured changes no number that matters.
  private static Map<String, String> training(Training training) {
    return Map.of(
        "epochs", String.valueOf(training.epochs()),
        "maxSteps", String.valueOf(training.maxSteps()),
        "globalBatchSize", String.valueOf(training.globalBatchSize()),
        "learningRate", String.valueOf(training.learningRate()),
        "minLearningRate", String.valueOf(training.minLearningRate()),
        "warmupSteps", String.valueOf(training.warmupSteps()),
        "schedule", String.valueOf(training.schedule()));
  }
}
