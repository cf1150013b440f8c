package dev.keizoku.trainer.loop;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.PlanResult;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.ModelWriter;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.testing.ProgramProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A run of a size, from its base model to its export, killed in the middle: what the operating
 * system says of its memory and disk against what the plan said. See {@code bench/sizes}.
 */
final class SizesRun {
  private static final String MAIN = "dev.keizoku.trainer.TrainerMain";
  private static final int VOCABULARY = 151_936;
  private static final int STEPS = 10;
  private static final int RANKS = 4;
  private static final double NEAR = 0.05;

  private final Path root;
  private final Shape shape;
  private boolean right = true;

  private SizesRun(Path root, Shape shape) {
    this.root = root;
    this.shape = shape;
  }

  /** A model, how it is trained, and its pod. */
  private record Shape(
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int keyValueHeads,
      int length,
      long podGib,
      String precision,
      boolean checkpointing) {
    static Shape named(String name) {
      return switch (name) {
        // Qwen2.5-0.5B.
        case "0.5b" -> new Shape(896, 4864, 24, 14, 2, 1024, 16, "bf16", true);
        case "none" -> new Shape(8, 8, 1, 1, 1, 16, 5, "bf16", true);
        case "small" -> small("bf16", true);
        case "small-fp32" -> small("fp32", true);
        case "small-all" -> small("bf16", false);
        case "small-fp32-all" -> small("fp32", false);
        default -> throw new IllegalArgumentException("no shape " + name + ": see bench/sizes");
      };
    }

    private static Shape small(String precision, boolean checkpointing) {
      return new Shape(384, 1536, 6, 6, 2, 512, 5, precision, checkpointing);
    }

    Map<String, Object> config() {
      var config = new LinkedHashMap<String, Object>();
      config.put("model_type", "qwen2");
      config.put("architectures", List.of("Qwen2ForCausalLM"));
      config.put("vocab_size", this.layers == 1 ? TinyCorpus.VOCABULARY : VOCABULARY);
      config.put("hidden_size", hidden);
      config.put("intermediate_size", intermediate);
      config.put("num_hidden_layers", layers);
      config.put("num_attention_heads", heads);
      config.put("num_key_value_heads", keyValueHeads);
      config.put("max_position_embeddings", 32_768);
      config.put("rope_theta", 1_000_000.0);
      config.put("rms_norm_eps", 1e-6);
      config.put("tie_word_embeddings", true);
      return config;
    }
  }

  /**
   * @param arguments an empty folder with room for eight copies of the model in fp32; the shape
   */
  public static void main(String[] arguments) throws Exception {
    var root = Path.of(arguments[0]);
    // What the program takes without a model to speak of: the machine, its code, libtorch.
    var bare = new SizesRun(Files.createDirectories(root.resolve("bare")), Shape.named("none"));
    var runtime = bare.start("bare", bare.run());
    runtime.awaitSuccess();
    var sizes = new SizesRun(root, Shape.named(arguments[1]));
    sizes.measure(runtime.memoryBytes());
    System.exit(sizes.right ? 0 : 1);
  }

  private void measure(long runtimeBytes) throws Exception {
    var run = run();
    var plan = plan(run);
    System.out.println(plan.summary());
    var first = start("first", run);
    var checkpoint = root.resolve("out/checkpoints/step-%08d".formatted(STEPS / 2));
    first.killWhen(() -> Files.exists(checkpoint.resolve("metadata.json")));
    var saved = WatchedProcess.sizeOf(checkpoint);
    var second = start("second", run);
    second.awaitSuccess();
    var tensors = RANKS * plan.deviceBytes();
    if (plan.storage().checkpointInMemory()) {
      tensors += plan.storage().checkpointBytes();
    }
    System.out.printf(Locale.ROOT, "%-34s %8s %8s  GiB (as planned)%n", "", "planned", "measured");
    for (var attempt : List.of(first, second)) {
      compare("resident memory beside the program", tensors, attempt.memoryBytes() - runtimeBytes);
      compare("scratch volume", plan.storage().scratchBytes(), attempt.scratchBytes());
    }
    compare("a checkpoint in the store", plan.storage().checkpointBytes(), saved);
    System.out.printf(
        Locale.ROOT,
        "the program itself %.2f GiB; in all %.2f and %.2f of %d GiB%n",
        gib(runtimeBytes),
        gib(first.memoryBytes()),
        gib(second.memoryBytes()),
        shape.podGib());
    require(Math.max(first.memoryBytes(), second.memoryBytes()) < shape.podGib() << 30);
    require(
        Files.readString(root.resolve("second.log"))
            .contains("Going on from the checkpoint of step " + STEPS / 2));
    for (var log : List.of("first.log", "second.log")) {
      Files.readAllLines(root.resolve(log)).stream()
          .filter(line -> line.contains("waited") || line.contains("fullest"))
          .forEach(System.out::println);
    }
  }

  private void compare(String what, long planned, long measured) {
    var off = measured / (double) planned - 1;
    System.out.printf(
        Locale.ROOT, "%-34s %8.3f %8.3f  %+.1f %%%n", what, gib(planned), gib(measured), 100 * off);
    require(Math.abs(off) <= NEAR);
  }

  private void require(boolean holds) {
    right &= holds;
  }

  private static double gib(long bytes) {
    return bytes / (double) (1L << 30);
  }

  private PlanResult plan(TrainRun run) throws Exception {
    var report = Files.createFile(root.resolve("plan.json"));
    var arguments =
        new String[] {
          "plan",
          write(run, "plan").toString(),
          "--device=cpu",
          "--pod-memory=" + (shape.podGib() << 30),
          "--termination-log=" + report
        };
    new WatchedProcess(program().command(arguments), root.resolve("plan.log"), root).awaitSuccess();
    System.out.print(Files.readString(root.resolve("plan.log")));
    return Json.read(Files.readAllBytes(report), FinalReport.class, "plan").plan();
  }

  private WatchedProcess start(String name, TrainRun run) throws IOException {
    var scratch = root.resolve("scratch-" + name);
    var arguments = new String[] {write(run, name).toString(), "--port=0", "--scratch=" + scratch};
    return new WatchedProcess(program().command(arguments), root.resolve(name + ".log"), scratch);
  }

  /** With as much memory beside its heap as in its pod. */
  private ProgramProcess program() throws IOException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var outside = (shape.podGib() << 30) * 3 / 4;
    var heap = Math.max(1L << 30, system.getTotalMemorySize() - outside);
    return ProgramProcess.asInItsImage("trainer", MAIN)
        .with("-XX:TieredStopAtLevel=4", "-Xmx" + (heap >> 20) + "m");
  }

  private Path write(TrainRun run, String name) throws IOException {
    return Files.write(root.resolve(name + ".yaml"), new YAMLMapper().writeValueAsBytes(run));
  }

  private TrainRun run() {
    var job = new TinyJob(root, RANKS, 3, STEPS);
    var changes = new LinkedHashMap<String, Object>();
    changes.put("initialize", null);
    changes.put("baseModel", Map.of("uri", model().toString()));
    changes.put("data", List.of(Map.of("name", "made", "uri", corpus())));
    changes.put("sequenceLength", shape.length());
    changes.put("globalBatchSize", RANKS);
    changes.put("microBatchSize", 1);
    changes.put("precision", shape.precision());
    changes.put("parallelism.activationCheckpointing", shape.checkpointing());
    changes.put("evaluationSteps", STEPS);
    changes.put("checkpoint", Map.of("steps", STEPS / 2, "keepLast", 2, "keepBest", 0));
    return job.copy(changes);
  }

  private StoreUri model() {
    var uri = StoreUri.of(root.resolve("base"));
    var folder = new ArtifactFolder(TinyJob.STORE, uri);
    folder.put("config.json", Json.bytes(shape.config()));
    folder.put("tokenizer.json", TinyCorpus.TOKENIZER);
    new ModelWriter(folder, FloatFormat.BF16)
        .write(ModelLayout.of(ModelConfig.of(shape.config())), new RandomWeights(1, 0.02));
    return uri;
  }

  private String corpus() {
    var random = new Random(3);
    var vocabulary = (int) shape.config().get("vocab_size");
    var info =
        new CorpusManifest.TokenizerInfo(
            "file:///t",
            Digests.sha256(TinyCorpus.TOKENIZER),
            vocabulary,
            "<|endoftext|>",
            TinyCorpus.EOS,
            null);
    var documents = new ArrayList<int[]>();
    IntStream.range(0, 2 * RANKS * STEPS)
        .forEach(i -> documents.add(random.ints(shape.length(), 1, vocabulary).toArray()));
    return TinyCorpus.write(TinyJob.STORE, root, "made", documents, documents.subList(0, 2), info);
  }
}
