package dev.keizoku.corpus.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutSplitTest {
  private static final List<String> IDS =
      IntStream.range(0, 1000).mapToObj(i -> "document-" + i).toList();

  @Test
  void takesAboutTheFractionInAnyOrder() {
    var split = new HeldOutSplit(0.05, 1000, 1);
    assertThat(choose(split, IDS)).hasSizeBetween(30, 70).isEqualTo(choose(split, IDS.reversed()));
  }

  @Test
  void aDocumentStaysHeldOutWhenOthersCome() {
    var split = new HeldOutSplit(0.05, 1000, 1);
    assertThat(choose(split, IDS)).containsAll(choose(split, IDS.subList(0, 500)));
  }

  @Test
  void theSeedChangesTheChoice() {
    assertThat(choose(new HeldOutSplit(0.05, 1000, 1), IDS))
        .isNotEqualTo(choose(new HeldOutSplit(0.05, 1000, 2), IDS));
  }

  @Test
  void keepsToTheLimit() {
    assertThat(choose(new HeldOutSplit(0.5, 7, 1), IDS)).hasSize(7);
    assertThat(choose(new HeldOutSplit(0, 7, 1), IDS)).isEmpty();
    assertThat(choose(new HeldOutSplit(0.5, 0, 1), IDS)).isEmpty();
  }

  @Test
  void ofFewDocumentsOneIsHeldOutAndOneStays() {
    assertThat(choose(new HeldOutSplit(0.001, 10, 1), IDS.subList(0, 3))).hasSize(1);
    assertThat(choose(new HeldOutSplit(0.5, 10, 1), IDS.subList(0, 2))).hasSize(1);
    assertThat(choose(new HeldOutSplit(0.5, 10, 1), IDS.subList(0, 1))).isEmpty();
  }

  private static Set<String> choose(HeldOutSplit split, List<String> ids) {
    return split.choose(ids, Function.identity());
  }
}
