package dev.keizoku.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.ExitCode;
import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.StorageSpec;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.model.ModelConfig;
import dev.keizoku.llm.model.ModelLayout;
import dev.keizoku.program.RunFile;
import dev.keizoku.storage.Json;
import dev.keizoku.storage.Manifest;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.tokens.CorpusManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer plan RUN.yaml}: prints the plan of a run; exits 42 when it does not fit. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Prints memory a device, steps, tokens and hours of a run, without starting it.")
public final class PlanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN.yaml", description = "The run file.")
  Path runFile;

  @Option(
      names = "--config",
      description = "A local config.json. Default: the run's own, or the base model's.")
  Path config;

  @Option(
      names = "--device",
      description = "Kind of GPU, for instance A100-80GB. Default: none, nothing is checked.")
  String device;

  @Option(
      names = "--tokens",
      description = "Tokens of one epoch. Default: what the corpora's manifests say.")
  Long tokens;

  @Option(
      names = "--tokens-per-second",
      description = "Measured speed of all devices together. Default: assumed from the device.")
  Double tokensPerSecond;

  @Spec CommandSpec spec;

  private final Function<StorageSpec, ObjectStore> stores;

  /**
   * @param stores opens the store of a run; called only when something must be read from it
   */
  public PlanCommand(Function<StorageSpec, ObjectStore> stores) {
    this.stores = stores;
  }

  @Override
  public Integer call() {
    try {
      var run = RunFile.read(runFile, TrainRun.class);
      var plan =
          TrainingPlan.of(
              run,
              ModelLayout.of(ModelConfig.of(modelConfig(run))),
              stepsPerEpoch(run),
              Optional.ofNullable(device).map(DeviceKind::named),
              Optional.ofNullable(tokensPerSecond));
      spec.commandLine().getOut().print(PlanText.of(plan));
      spec.commandLine().getOut().flush();
      plan.requireFit();
      return ExitCode.DONE.code();
    } catch (RunFault fault) {
      spec.commandLine().getErr().println(fault.reason() + ": " + fault.getMessage());
      return fault.exitCode().code();
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> modelConfig(TrainRun run) {
    if (config == null && run.initialize() != null) {
      return run.initialize().config();
    }
    if (config == null && run.baseModel() == null) {
      throw RunFault.userError("ModelMissing", "Set baseModel or initialize in the run file.");
    }
    var folder = run.baseModel() == null ? null : run.baseModel().uri();
    if (folder != null && folder.endsWith("/" + Manifest.FILE_NAME)) {
      folder = StoreUri.parent(folder);
    }
    var uri = config != null ? StoreUri.ofPath(config) : StoreUri.child(folder, "config.json");
    try (var store = stores.apply(run.storage())) {
      return Json.read(store.read(uri), LinkedHashMap.class, uri);
    }
  }

  /**
   * By the rule of {@code TrainingData}: with weights an epoch is one pass over the first corpus.
   */
  private double stepsPerEpoch(TrainRun run) {
    if (run.training().epochs() == null) {
      return 0;
    }
    var batch = (double) run.training().globalBatchSize();
    if (tokens != null) {
      return tokens / run.sequenceLength() / batch;
    }
    var sequences = new ArrayList<Long>();
    try (var store = stores.apply(run.storage())) {
      for (var data : run.data()) {
        var bytes = Manifest.readChecked(store, data.uri(), data.sha256());
        sequences.add(tokens(bytes, data.uri()) / run.sequenceLength());
      }
    }
    if (run.data().stream().allMatch(data -> data.weight() == null)) {
      return sequences.stream().mapToLong(s -> s).sum() / batch;
    }
    var weights = run.data().stream().mapToDouble(d -> d.weight() == null ? 1 : d.weight());
    var first = run.data().getFirst().weight();
    return sequences.getFirst() * weights.sum() / (first == null ? 1 : first) / batch;
  }

  private static long tokens(byte[] manifest, String uri) {
    // A tree first: what is no corpus at all should be said so, not fail at some field.
    if (!Json.read(manifest, JsonNode.class, uri).path("train").has("tokens")) {
      throw RunFault.userError("NotACorpus", uri + " is not the manifest of a corpus version.");
    }
    return Json.read(manifest, CorpusManifest.class, uri).train().tokens();
  }
}
