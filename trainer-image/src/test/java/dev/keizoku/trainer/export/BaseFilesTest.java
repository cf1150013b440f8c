package dev.keizoku.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseFilesTest {
  private static final List<String> DATA =
      List.of(
          "LICENSE",
          "added_tokens.json",
          "chat_template.jinja",
          "generation_config.json",
          "merges.txt",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer.model",
          "tokenizer_config.json",
          "vocab.json");
  private static final List<String> CODE = List.of("modeling_x.py", "x_utils.py");
  private static final List<String> NOT =
      List.of(
          ".gitattributes",
          "README.md",
          "adapter_model.bin",
          "config.json",
          "consolidated.safetensors",
          "manifest.json",
          "metrics.jsonl",
          "model.gguf",
          "model.safetensors",
          "model.safetensors.index.json",
          "onnx/model.onnx",
          "pytorch_model-00001-of-00002.bin",
          "pytorch_model.bin.index.json",
          "report.html",
          "tensorboard/events.out.tfevents.1");
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);

  private void write(List<String> names) throws IOException {
    for (var name : names) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), "content of " + name);
    }
  }

  @Test
  void whatIsDataGoesAlongByteForByte() throws IOException {
    write(DATA);
    write(CODE);
    write(NOT);
    var files = BaseFiles.ofModel(store, StoreUri.of(root), false);
    assertThat(files.keySet()).containsExactlyElementsOf(DATA);
    files.forEach((name, bytes) -> assertThat(bytes).asString().isEqualTo("content of " + name));
    assertThat(BaseFiles.ofModel(store, StoreUri.of(root), true).keySet())
        .containsAll(DATA)
        .containsAll(CODE)
        .doesNotContainAnyElementsOf(NOT);
  }

  @Test
  void besideATokenizerNothingElseIsTaken() throws IOException {
    write(DATA);
    write(CODE);
    assertThat(BaseFiles.ofTokenizer(store, StoreUri.of(root)).keySet())
        .contains("tokenizer.json", "tokenizer.model", "chat_template.jinja")
        .doesNotContain("LICENSE")
        .doesNotContainAnyElementsOf(CODE);
  }

  @Test
  void aFolderWithoutATokenizerIsRefused() throws IOException {
    write(List.of("config.json"));
    assertThatThrownBy(() -> BaseFiles.ofModel(store, StoreUri.of(root), false))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("has no tokenizer.json");
  }
}
