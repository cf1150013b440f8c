package dev.keizoku.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.ModelCopy;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.storage.artifact.ManifestFile;
import dev.keizoku.storage.open.StoreRouter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights are hashed while they are loaded, and nothing is reused under a name that is not theirs.
 */
class WeightsReadOnceTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path folder;

  private final Map<String, Long> read = new HashMap<>();

  /** Counts what is read of each model's weights. */
  private final class CountedStore extends ForwardingStore {
    CountedStore() {
      super(StoreRouter.open(null, null));
    }

    private void count(StoreUri uri, long bytes) {
      for (var model : List.of("base", "tuned")) {
        if (uri.toString().endsWith("/" + model + "/" + WEIGHTS)) {
          read.merge(model, bytes, Long::sum);
        }
      }
    }

    @Override
    public InputStream open(StoreUri uri) {
      return new FilterInputStream(super.open(uri)) {
        @Override
        public int read() throws IOException {
          int value = super.read();
          count(uri, value < 0 ? 0 : 1);
          return value;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
          int n = super.read(bytes, start, length);
          count(uri, Math.max(0, n));
          return n;
        }
      };
    }

    @Override
    public byte[] readRange(StoreUri uri, long offset, int length) {
      count(uri, length);
      return super.readRange(uri, offset, length);
    }

    @Override
    public byte[] read(StoreUri uri) {
      var bytes = super.read(uri);
      count(uri, bytes.length);
      return bytes;
    }
  }

  @BeforeEach
  void models() throws IOException {
    ModelCopy.of(MODELS.resolve("base"), folder.resolve("base"), (tensor, value) -> value);
    ModelCopy.of(MODELS.resolve("tuned"), folder.resolve("tuned"), (tensor, value) -> value);
    pin("tuned");
  }

  /** The base model has no manifest, so that only its bytes tell which it is. */
  @Test
  void everyByteOfTheWeightsIsReadOnce() throws IOException {
    evaluate("first");
    for (var model : List.of("base", "tuned")) {
      long once = Files.size(folder.resolve(model).resolve(WEIGHTS));
      // And the header each time that a folder is looked at.
      assertThat(read.get(model)).as(model).isBetween(once, once + once / 10);
    }
    read.clear();
    evaluate("second");
    // What is pinned and was said before needs no weights; what nobody names is read to be known.
    assertThat(read.get("tuned")).isLessThan(Files.size(folder.resolve("tuned/" + WEIGHTS)) / 10);
    long size = Files.size(folder.resolve("base/" + WEIGHTS));
    assertThat(read.get("base")).isBetween(size, size + size / 10);
    assertThat(folder.resolve("second/samples.jsonl"))
        .hasSameBinaryContentAs(folder.resolve("first/samples.jsonl"));
    // The digest is over the files, as it was when they were hashed by themselves.
    assertThat(said("second", "base")).isEqualTo(digest("base"));
    assertThat(said("second", "tuned"))
        .isEqualTo(Digests.sha256(folder.resolve("tuned/manifest.json")));
  }

  @Test
  void otherWeightsInItsPlaceAreAnotherModel() throws IOException {
    evaluate("first");
    var kept = items();
    flip("base");
    evaluate("second");
    assertThat(said("second", "base")).isEqualTo(digest("base"));
    // All of the base model's questions were asked again, none of the other's.
    assertThat(items()).isEqualTo(kept + kept / 2);
  }

  @Test
  void weightsThatAreNotThoseOfTheManifestAreNotScored() throws IOException {
    flip("tuned");
    assertThatThrownBy(() -> evaluate("first"))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.DIGEST_MISMATCH);
              assertThat(fault).hasMessageContaining("model.safetensors is not what ");
            });
    int ofBase = items();
    assertThat(ofBase).isPositive();
    pin("tuned");
    evaluate("second");
    assertThat(items()).isEqualTo(2 * ofBase);
  }

  private void flip(String model) throws IOException {
    var file = folder.resolve(model).resolve(WEIGHTS);
    var bytes = Files.readAllBytes(file);
    // The last bits of a fraction: still a finite number.
    bytes[bytes.length - 4] ^= 1;
    Files.write(file, bytes);
  }

  private void pin(String model) throws IOException {
    var files = new ArrayList<ManifestFile>();
    for (var name : names(model)) {
      var file = folder.resolve(model).resolve(name);
      if (!name.equals(Manifest.FILE_NAME)) {
        files.add(new ManifestFile(name, Files.size(file), Digests.sha256(file)));
      }
    }
    Files.write(
        folder.resolve(model).resolve(Manifest.FILE_NAME),
        Json.bytes(new Manifest("model", "test", Map.of(), files)));
  }

  private List<String> names(String model) throws IOException {
    try (var files = Files.list(folder.resolve(model))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String digest(String model) throws IOException {
    var sums = new ArrayList<String>();
    for (var name : names(model)) {
      sums.add(Digests.sha256(folder.resolve(model).resolve(name)) + "  /" + name);
    }
    return Digests.sha256(String.join("\n", sums).getBytes());
  }

  private String said(String output, String model) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(output + "/results.json").toFile())
        .at("/models/" + model + "/sha256")
        .textValue();
  }

  private int items() throws IOException {
    int items = 0;
    try (var files = Files.walk(folder.resolve("scores"))) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        items += new ObjectMapper().readTree(file.toFile()).get("items").size();
      }
    }
    return items;
  }

  private void evaluate(String output) throws IOException {
    var run =
        TwoModels.run(
            folder.resolve(output),
            folder.resolve("base"),
            folder.resolve("tuned"),
            List.of(new Questions.Task("fp2", null, null, 4)),
            new EvalRun.Passes(
                256, null, null, 0, StoreUri.of(folder.resolve("scores")).toString()));
    var board = new ProgressBoard("uid", "test", new SimpleMeterRegistry(), Clock.systemUTC());
    new EvaluationProgram(new CountedStore(), new EvalDevices(0, gpu -> 0), Clock.systemUTC())
        .run(run, new RunContext(board, new StopSignal(), folder));
  }
}
