package dev.keizoku.trainer.loop;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.train.Checkpoint;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.ProgramProcess;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A complete run over a toy corpus, as run file and as process. */
final class TinyJob {
  static final ObjectStore STORE = StoreRouter.open(null, null);
  static final Map<String, Object> CONFIG =
      Map.ofEntries(
          Map.entry("model_type", "qwen2"),
          Map.entry("vocab_size", TinyCorpus.VOCABULARY),
          Map.entry("hidden_size", 16),
          Map.entry("intermediate_size", 24),
          Map.entry("num_hidden_layers", 2),
          Map.entry("num_attention_heads", 4),
          Map.entry("num_key_value_heads", 2),
          Map.entry("max_position_embeddings", 64),
          Map.entry("rope_theta", 10000.0),
          Map.entry("rms_norm_eps", 1e-6),
          Map.entry("initializer_range", 0.1),
          Map.entry("tie_word_embeddings", true));

  final Path root;
  final TrainRun run;

  TinyJob(Path root, int devices, int stage, int steps) {
    this.root = root;
    this.run =
        new TrainRun(
            "uid-1",
            "test/tiny",
            null,
            StoreUri.of(root.resolve("out")).toString(),
            null,
            new TrainRun.Initialize(CONFIG, TinyCorpus.tokenizer(STORE, root)),
            List.of(
                new TrainRun.Data(
                    "finance", TinyCorpus.write(STORE, root, "finance", 60, 1), null, null),
                new TrainRun.Data(
                    "general", TinyCorpus.write(STORE, root, "general", 30, 2), null, null)),
            null,
            new Training(
                16,
                null,
                steps,
                8,
                2,
                1e-2,
                1e-3,
                2,
                Training.Schedule.COSINE,
                Training.Precision.FP32,
                10,
                null,
                null,
                null,
                null,
                11L),
            new Optimizer(0.9, 0.95, 1e-8, 0.1, 1.0),
            new Parallelism(devices, Parallelism.DeviceType.CPU, null, stage, false, true),
            new Checkpoint(5, 2, 0),
            null,
            null,
            new SamplePrompts(null, 0));
  }

  /** Starts the program; its output goes to {@code log}. */
  static Process start(Path root, TrainRun run, Path log) throws IOException {
    var file = root.resolve("run-%d.yaml".formatted(run.parallelism().devices()));
    Files.write(file, new YAMLMapper().writeValueAsBytes(run));
    var command =
        ProgramProcess.of("dev.keizoku.trainer.TrainerMain")
            .command(file.toString(), "--port", "0");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  static byte[] metrics(TrainRun run) {
    return STORE.read(output(run, "model/metrics.jsonl"));
  }

  static MetricsLog log(TrainRun run) {
    return MetricsLog.parse(metrics(run), "metrics");
  }

  TrainRun withOutput(String name) {
    return copy(Map.of("output", StoreUri.of(root.resolve(name)).toString()));
  }

  /** The run with some fields replaced; those on the way to them are made. */
  TrainRun copy(Map<String, Object> changes) {
    return copyOf(run, changes);
  }

  /** The same of a run that is a copy itself. */
  TrainRun copyOf(TrainRun original, Map<String, Object> changes) {
    var mapper = new YAMLMapper();
    var tree = mapper.convertValue(original, LinkedHashMap.class);
    @SuppressWarnings("unchecked")
    var fields = (Map<String, Object>) tree;
    changes.forEach(
        (path, value) -> {
          var parts = path.split("\\.");
          var target = fields;
          for (var i = 0; i < parts.length - 1; i++) {
            @SuppressWarnings("unchecked")
            var next =
                (Map<String, Object>)
                    target.computeIfAbsent(parts[i], part -> new LinkedHashMap<String, Object>());
            target = next;
          }
          target.put(parts[parts.length - 1], value);
        });
    return mapper.convertValue(fields, TrainRun.class);
  }

  /** A run without one of its fields. */
  TrainRun without(TrainRun original, String field) {
    var nothing = new HashMap<String, Object>();
    nothing.put(field, null);
    return copyOf(original, nothing);
  }

  /** Where a file of a run's output is. */
  static StoreUri output(TrainRun run, String path) {
    return StoreUri.parse(run.output()).child(path);
  }

  /** A page of a run's output. */
  static Document parsed(StoreUri uri) {
    return Jsoup.parse(new String(TinyJob.STORE.read(uri), StandardCharsets.UTF_8));
  }
}
