package dev.keizoku.eval.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemStoreTest {
  private static final ModelKey MODEL = ModelKey.of("abc", "FLOAT32", null, "libtorch, maker");
  private static final ItemScore SCORE =
      new ItemScore(new double[] {-0.1, -1.0 / 3}, new boolean[] {true, false}, null, true);
  private static final ItemScore DOCUMENT =
      new ItemScore(new double[] {-512.25}, new boolean[] {false}, 120, false);

  @TempDir Path folder;

  private final ObjectStore objects = StoreRouter.open(null, null);
  private ItemStore store;

  @BeforeEach
  void open() {
    store = new ItemStore(objects, StoreUri.of(folder));
    store.keep(MODEL, "fp2", Map.of("one", SCORE));
  }

  @Test
  void whatIsKeptIsFoundToTheBit() {
    store.keep(MODEL, "fp2", Map.of("two", DOCUMENT));
    var found = new ItemStore(objects, StoreUri.of(folder)).found(MODEL, "fp2");
    assertThat(found).hasSize(2);
    assertThat(found.get("one")).usingRecursiveComparison().isEqualTo(SCORE);
    assertThat(found.get("two")).usingRecursiveComparison().isEqualTo(DOCUMENT);
  }

  /** Each part of what a model's scores depend on. */
  @ParameterizedTest
  @CsvSource({
    "other, 6, FLOAT32, , 'libtorch, maker'",
    "abc, 7, FLOAT32, , 'libtorch, maker'",
    "abc, 6, BFLOAT16, , 'libtorch, maker'",
    "abc, 6, FLOAT32, true, 'libtorch, maker'",
    "abc, 6, FLOAT32, false, 'libtorch, maker'",
    "abc, 6, FLOAT32, , 'libtorch, another maker'"
  })
  void anotherModelTypeBosPlatformOrScorerFindsNothing(
      String model, String scorer, String dtype, Boolean bos, String platform) {
    assertThat(ModelKey.SCORER).isEqualTo("6");
    assertThat(store.found(MODEL, "fp2")).hasSize(1);
    assertThat(store.found(new ModelKey(scorer, model, dtype, bos, platform), "fp2")).isEmpty();
  }

  /** Each part of what is asked: template, question, choices, their order and the way of asking. */
  @Test
  void anItemIsAllThatIsAsked() {
    var keys =
        List.of(
            ItemKey.of("multiple_choice", "問い: 株とは", List.of("甲", "乙")),
            ItemKey.of("multiple_choice", "質問: 株とは", List.of("甲", "乙")),
            ItemKey.of("multiple_choice", "問い: 債とは", List.of("甲", "乙")),
            ItemKey.of("multiple_choice", "問い: 株とは", List.of(" 甲", " 乙")),
            ItemKey.of("multiple_choice", "問い: 株とは", List.of("乙", "甲")),
            ItemKey.of("multiple_choice", "問い: 株とは", List.of("甲乙")),
            ItemKey.of("multiple_choice", "問い: 株とは", List.of("甲", "乙", "")),
            ItemKey.of("multiple_choice", "問い: 株と", List.of("は甲", "乙")),
            ItemKey.of("loglikelihood_rolling", "問い: 株とは", List.of("甲", "乙")));
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(ItemKey.of("multiple_choice", "問い: 株とは", List.of("甲", "乙")))
        .isEqualTo(keys.getFirst());
  }

  @Test
  void whatIsDamagedIsNotUsed() {
    var block = only();
    var text = new String(objects.read(block.uri()), StandardCharsets.UTF_8);
    objects.put(block.uri(), text.replace("-0.1", "-0.2").getBytes(StandardCharsets.UTF_8));
    assertThat(store.found(MODEL, "fp2")).isEmpty();
    objects.put(block.uri(), text.substring(0, 40).getBytes(StandardCharsets.UTF_8));
    assertThat(store.found(MODEL, "fp2")).isEmpty();
    objects.put(block.uri(), text.getBytes(StandardCharsets.UTF_8));
    assertThat(store.found(MODEL, "fp2")).hasSize(1);
  }

  /** A folder that somebody renamed says what it is not. */
  @Test
  void aBlockOfAnotherModelIsNotUsedWhereverItLies() {
    var other = ModelKey.of("other", "FLOAT32", null, "libtorch, maker");
    var block = only();
    var place = StoreUri.of(folder).child(other.folder()).child("fp2").child(block.uri().name());
    objects.put(place, objects.read(block.uri()));
    assertThat(store.found(other, "fp2")).isEmpty();
  }

  private ObjectInfo only() {
    var files = objects.list(StoreUri.of(folder));
    assertThat(files).hasSize(1);
    return files.getFirst();
  }
}
