package dev.keizoku.llm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a model whose tensors are large is read to plan with it, and what is found when. */
class CheckedWeightsTest {
  private static final int HIDDEN = 32;
  private static final int VOCABULARY = 20_000;
  private static final Map<String, Object> CONFIG =
      Map.of(
          "model_type",
          "qwen2",
          "vocab_size",
          VOCABULARY,
          "hidden_size",
          HIDDEN,
          "intermediate_size",
          64,
          "num_hidden_layers",
          1,
          "num_attention_heads",
          2,
          "tie_word_embeddings",
          true);
  private static final long LARGEST_BYTES = 131_072L * Float.BYTES;

  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);
  private final AtomicLong asked = new AtomicLong();
  private ParameterSpec embedding;

  @BeforeEach
  void writeModel() {
    var folder = new ArtifactFolder(store, StoreUri.of(root));
    folder.put("config.json", Json.bytes(CONFIG));
    var layout = ModelLayout.of(ModelConfig.of(CONFIG));
    new ModelWriter(folder, FloatFormat.F32).write(layout, new RandomWeights(1, 0.02));
    embedding = layout.units().getFirst().parameters().getFirst();
  }

  private ModelFolder open() {
    var counted =
        new ForwardingStore(store) {
          @Override
          public byte[] readRange(StoreUri uri, long offset, int length) {
            asked.addAndGet(length);
            return super.readRange(uri, offset, length);
          }
        };
    return ModelFolder.open(counted, StoreUri.of(root), null);
  }

  /** A number of the embedding, whose tensor is the first of the file. */
  private void spoil(long element) throws IOException {
    try (var file = new RandomAccessFile(root.resolve("model.safetensors").toFile(), "rw")) {
      var length = new byte[8];
      file.readFully(length);
      var header = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      file.seek(8 + header + Float.BYTES * element);
      file.write(new byte[] {0, 0, (byte) 0xc0, 0x7f});
    }
  }

  private static void assertNamed(ThrowingCallable call, long element) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.WEIGHTS_NOT_FINITE);
              assertThat(fault.getMessage())
                  .contains("model.embed_tokens.weight", "at element " + element);
            });
  }

  @Test
  void aPlanReadsTheBeginOfEachTensorOnly() {
    var model = open();
    asked.set(0);
    model.checkWeights();
    var rest = model.weightBytes() - Float.BYTES * embedding.elements();
    assertThat(embedding.elements()).isGreaterThan(4 * 131_072);
    assertThat(asked.get()).isEqualTo(LARGEST_BYTES + rest);
  }

  @Test
  void whatIsSpoiledThereIsFoundByThePlanAndTheRestWhenItIsLoaded() throws IOException {
    spoil(500_000);
    open().checkWeights();
    assertNamed(
        () -> open().read(embedding, 0, embedding.elements(), (first, values) -> {}), 500_000);
    spoil(131_071);
    assertNamed(() -> open().checkWeights(), 131_071);
  }
}
