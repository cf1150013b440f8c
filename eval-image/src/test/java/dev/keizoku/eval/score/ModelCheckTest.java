package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.ModelCopy;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models that follow each other share, and what they do not. */
class ModelCheckTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final int POSITIONS = 96;

  @TempDir Path folder;

  private final ObjectStore store = StoreRouter.open(null, null);

  @Test
  void aTokenizerIsOpenedAgainForOtherFilesOnly() throws IOException {
    var other = copy("other", "tokenizer_config.json", "{", "{\"comment\": \"another file\", ");
    try (var tokenizers = new SharedTokenizer()) {
      var first = tokenizers.of(folder(MODELS.resolve("base")));
      assertThat(tokenizers.of(folder(MODELS.resolve("tuned")))).isSameAs(first);
      var second = tokenizers.of(folder(other));
      assertThat(second).isNotSameAs(first);
      assertThat(second.encode("売上高")).isNotEmpty();
      assertThat(tokenizers.of(folder(MODELS.resolve("base")))).isNotSameAs(second);
    }
  }

  @Test
  void aModelThatReadsOtherwiseIsShownTheQuestionsItself() throws IOException {
    var tasks = TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 6);
    var fewer =
        copy(
            "fewer",
            "config.json",
            "\"max_position_embeddings\": 256",
            "\"max_position_embeddings\": " + POSITIONS);
    var base = MODELS.resolve("base");
    try (var tokenizers = new SharedTokenizer()) {
      var check = new ModelCheck(store, tasks, ModelCheck.Continued.NOTHING, null, tokenizers);
      var needs = check.of(model(base));
      assertThat(needs.tokens()).isPositive();
      assertThat(amounts(check.of(model(MODELS.resolve("tuned"))))).isEqualTo(amounts(needs));
      var cut = check.of(model(fewer));
      assertThat(cut.longest()).isEqualTo(POSITIONS);
      var alone =
          new ModelCheck(store, tasks, ModelCheck.Continued.NOTHING, null, tokenizers)
              .of(model(fewer));
      assertThat(amounts(cut)).isEqualTo(amounts(alone));
      assertThat(amounts(check.of(model(base)))).isEqualTo(amounts(needs));
    }
  }

  private static List<Long> amounts(ModelNeeds needs) {
    return List.of((long) needs.longest(), needs.tokens(), needs.predictions());
  }

  private Path copy(String name, String file, String old, String now) throws IOException {
    var copy = ModelCopy.of(MODELS.resolve("base"), folder.resolve(name), (tensor, value) -> value);
    var text = Files.readString(copy.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(copy.resolve(file), text.replaceFirst(Pattern.quote(old), now));
    return copy;
  }

  private ModelFolder folder(Path path) {
    return ModelFolder.open(store, StoreUri.of(path), null);
  }

  private static EvalRun.Model model(Path path) {
    return new EvalRun.Model("model", StoreUri.of(path).toString(), null);
  }
}
