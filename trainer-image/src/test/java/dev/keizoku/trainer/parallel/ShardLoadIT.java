package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.ModelWriter;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.testing.HubServer;
import dev.keizoku.testing.MinioServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights go from each kind of store into the shards of four ranks without ever being in memory as
 * a whole: measured by the kernel, in a process of its own.
 */
@Timeout(300)
class ShardLoadIT {
  private static final Map<String, Object> CONFIG =
      Map.of(
          "model_type", "qwen2",
          "vocab_size", 32_000,
          "hidden_size", 512,
          "intermediate_size", 2048,
          "num_hidden_layers", 8,
          "num_attention_heads", 8,
          "tie_word_embeddings", true);
  private static final long LARGEST_TENSOR_BYTES = 32_000L * 512 * Float.BYTES;

  @TempDir static Path root;
  private static MinioServer minio;
  private static HubServer hub;
  private static long weightBytes;

  private static final StoreUri S3 = StoreUri.parse("s3://keizoku/");

  @BeforeAll
  static void writeModel() throws Exception {
    hub = new HubServer();
    minio = new MinioServer(Files.createDirectories(root.resolve("data")));
    var credentials = new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
    try (var store = StoreRouter.open(minio.spec(), credentials)) {
      var folder = new ArtifactFolder(store, StoreUri.of(root.resolve("model")));
      folder.put("config.json", Json.bytes(CONFIG));
      var layout = ModelLayout.of(ModelConfig.of(CONFIG));
      new ModelWriter(folder, FloatFormat.F32).write(layout, new RandomWeights(1, 0.02));
      store.ensureBucket(S3);
      for (var name : List.of("config.json", "model.safetensors")) {
        var file = root.resolve("model").resolve(name);
        store.upload(file, S3.child("model/" + name));
        hub.files.put(name, Files.readAllBytes(file));
      }
    }
    weightBytes = Files.size(root.resolve("model/model.safetensors"));
  }

  @AfterAll
  static void stop() throws Exception {
    hub.close();
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void noStoreNeedsMoreThanTwoTensorsBesideTheShards() throws Exception {
    assertThat(weightBytes).isGreaterThan(3 * LARGEST_TENSOR_BYTES);
    var file = load(StoreUri.of(root.resolve("model")).toString());
    var s3 = load(S3.child("model").toString());
    var remote = load("hf://acme/tiny@main");
    assertThat(List.of(s3[2], remote[2])).as("the same shards").containsOnly(file[2]);
  }

  /** Extra bytes at the fullest moment, bytes that were asked for, checksum of all shards. */
  private static long[] load(String uri) throws IOException, InterruptedException {
    var log = root.resolve("load.log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ShardLoad.class.getName(),
                uri,
                minio.spec().endpoint(),
                hub.endpoint())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    var line = Files.readAllLines(log).getLast().split(" ");
    var numbers = LongStream.of(0, 1, 2).map(i -> Long.parseLong(line[(int) i])).toArray();
    System.out.printf(
        "%s: %d MiB beside the shards, %d MiB of weights%n",
        uri, numbers[0] >> 20, weightBytes >> 20);
    assertThat(numbers[0]).as(uri).isLessThan(2 * LARGEST_TENSOR_BYTES);
    // Every byte once, and the length of the header.
    assertThat(numbers[1]).as(uri).isEqualTo(weightBytes);
    return numbers;
  }
}
