package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A model of each family against transformers: two documents of different lengths side by side,
 * logits, loss and gradients. What {@code dev/gpu/reference.py} made of a model lies in a folder of
 * its own. In bf16 we may err from fp32 as much as transformers does in bf16, and half again.
 */
final class FamilyChecks {
  private static final double EXACT = 2e-4;
  private static final double ROUNDED = 1.5;
  private final Device device;
  private final Path families;
  private final ObjectStore store = StoreRouter.open(null, null);

  FamilyChecks(Device device, Path families) {
    this.device = device;
    this.families = families;
  }

  /** Makes them all. */
  void run(CheckReport report) {
    var names = families.toFile().list();
    if (names == null || names.length == 0) {
      report.skip("families", "no models are in " + families);
      return;
    }
    for (var name : new java.util.TreeSet<>(List.of(names))) {
      var family = new Family(name);
      for (var type : List.of(DataType.FLOAT32, DataType.BFLOAT16)) {
        report.check("logits " + name + " " + type, () -> family.logits(type));
        report.check("gradients " + name + " " + type, () -> family.gradients(type, 1, 0));
      }
      report.check("cached tokens " + name, family::cached);
    }
    var first = new Family(new java.util.TreeSet<>(List.of(names)).getFirst());
    report.check(
        "gradients, four ranks, ZeRO-3 FLOAT32", () -> first.gradients(DataType.FLOAT32, 4, 3));
  }

  /** One model. */
  private final class Family {
    private final StoreUri uri;
    private final JsonNode golden;
    private final SafeTensorsFile values;

    Family(String name) {
      uri = StoreUri.of(families.resolve(name));
      golden = Json.read(store.read(uri.child("golden.json")), JsonNode.class, uri.toString());
      values = SafeTensorsFile.open(store, uri.child("golden.safetensors"));
    }

    private float[] golden(String name) {
      var numbers = new float[Math.toIntExact(values.tensors().get(name).elements())];
      values.read(name, 0, numbers, numbers.length);
      return numbers;
    }

    private int[][] ids() {
      var ids = new int[golden.get("ids").size()][];
      for (var i = 0; i < ids.length; i++) {
        var row = golden.get("ids").get(i);
        ids[i] = new int[row.size()];
        for (var j = 0; j < row.size(); j++) {
          ids[i][j] = row.get(j).asInt();
        }
      }
      return ids;
    }

    Finding logits(DataType type) {
      var folder = ModelFolder.open(store, uri, null);
      try (var model = LoadedModel.load(folder.config(), folder, device, type)) {
        return judge(type, Map.of("logits", joined(model.logits(ids()))));
      }
    }

    private static float[] joined(float[][] rows) {
      var all = new float[java.util.Arrays.stream(rows).mapToInt(row -> row.length).sum()];
      var at = 0;
      for (var row : rows) {
        System.arraycopy(row, 0, all, at, row.length);
        at += row.length;
      }
      return all;
    }

    Finding cached() {
      var folder = ModelFolder.open(store, uri, null);
      var ids = ids()[1];
      try (var model = LoadedModel.load(folder.config(), folder, device, DataType.FLOAT32)) {
        var all = model.logits(new int[][] {ids})[0];
        var width = folder.config().vocabularySize();
        var cache = model.newCache(ids.length);
        var worst = 0.0;
        for (var cut : new int[][] {{0, 40}, {40, 41}, {41, 60}, {60, 61}}) {
          var next = model.next(java.util.Arrays.copyOfRange(ids, cut[0], cut[1]), cache);
          var row = java.util.Arrays.copyOfRange(all, (cut[1] - 1) * width, cut[1] * width);
          worst = Math.max(worst, Difference.of(next, row));
        }
        return Finding.of(worst <= EXACT, "differ by %.1e of the largest".formatted(worst));
      }
    }

    Finding gradients(DataType type, int ranks, int stage) {
      var folder = ModelFolder.open(store, uri, null);
      var precision = type == DataType.FLOAT32 ? Precision.FP32 : Precision.BF16;
      var sequence = packed();
      var run =
          new CheckRun(
              device, ranks, stage, precision, false, false, 1, ranks, sequence.tokens().length);
      try (var trainer = run.start(new CausalLm(folder.config()), folder)) {
        var step = trainer.gradients(Collections.nCopies(ranks, sequence));
        trainer.update(0, 1);
        var loss = golden.get("loss").asDouble();
        var finding = judge(type, firstMoments(trainer));
        var allowed = type == DataType.FLOAT32 ? 1e-5 : 1e-2;
        var off = Math.abs(step.loss() - loss);
        return new Finding(
            finding.holds() && off <= allowed * loss,
            "loss %.6f, transformers %.6f; gradients: %s"
                .formatted(step.loss(), loss, finding.detail()),
            finding.figures());
      }
    }

    // The two sequences end to end, each token scored on the next of its own sequence.
    private PackedSequence packed() {
      var ids = ids();
      var length = java.util.Arrays.stream(ids).mapToInt(row -> row.length).sum();
      var tokens = new int[length];
      var targets = new int[length];
      var segments = new ArrayList<Segment>();
      var at = 0;
      for (var row : ids) {
        segments.add(new Segment(at, row.length));
        for (var i = 0; i < row.length; i++) {
          tokens[at + i] = row[i];
          targets[at + i] = i + 1 < row.length ? row[i + 1] : -1;
        }
        at += row.length;
      }
      return new PackedSequence(tokens, targets, segments, 0);
    }

    private Finding judge(DataType type, Map<String, float[]> actual) {
      var worst = 0.0;
      var peer = 0.0;
      var where = "";
      for (var name : actual.keySet()) {
        var expected = golden(name);
        var error = error(type, actual.get(name), expected);
        var allowed =
            type == DataType.FLOAT32
                ? EXACT
                : ROUNDED * error(type, golden("bf16." + name), expected) + 1e-3;
        if (error / allowed >= worst) {
          worst = error / allowed;
          peer = allowed;
          where = name;
        }
      }
      return new Finding(
          worst <= 1,
          "%.1e off, %.1e allowed (%s)".formatted(worst * peer, peer, where),
          Map.of("off", worst * peer, "allowed", peer));
    }

    private static double error(DataType type, float[] actual, float[] expected) {
      return type == DataType.FLOAT32
          ? Difference.of(actual, expected)
          : Difference.mean(actual, expected);
    }
  }

  // By name; with no memory of earlier steps a first moment is the gradient.
  private static Map<String, float[]> firstMoments(DataParallelTrainer trainer) {
    var gradients = new java.util.TreeMap<String, float[]>();
    var units = trainer.layout().units();
    var slices =
        trainer.onStates(
            (rank, state) -> {
              var mine = new ArrayList<float[]>();
              for (var unit = 0; unit < state.units(); unit++) {
                mine.add(HostCopy.floats(state.tensors(unit).get(1)));
              }
              return mine;
            });
    for (var unit = 0; unit < units.size(); unit++) {
      var whole = new float[slices.size() * slices.getFirst().get(unit).length];
      var at = 0;
      for (var rank : slices) {
        if (rank != null) {
          System.arraycopy(rank.get(unit), 0, whole, at, rank.get(unit).length);
          at += rank.get(unit).length;
        }
      }
      for (var parameter : units.get(unit).parameters()) {
        var from = Math.toIntExact(parameter.offset());
        gradients.put(
            "grad." + parameter.name(),
            java.util.Arrays.copyOfRange(
                whole, from, from + Math.toIntExact(parameter.elements())));
      }
    }
    return gradients;
  }
}
