package dev.keizoku.corpus.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutSplitTest {
  private static final int[] ONE_SOURCE = new int[1000];

  private static BitSet choose(HeldOutSplit split, int[] sources, Units units, int... forced) {
    var always = new BitSet();
    Arrays.stream(forced).forEach(always::set);
    return split.choose(units, sources, document -> "document-" + document, always);
  }

  private static Units single(int documents) {
    return new Units(new long[documents], new long[documents]);
  }

  @Test
  void takesTheFraction() {
    var heldOut = choose(new HeldOutSplit(0.05, 1000, 1), ONE_SOURCE, single(1000));
    assertThat(heldOut.cardinality()).isEqualTo(50);
  }

  @Test
  void theSeedChangesTheChoice() {
    var units = single(1000);
    assertThat(choose(new HeldOutSplit(0.05, 1000, 1), ONE_SOURCE, units))
        .isNotEqualTo(choose(new HeldOutSplit(0.05, 1000, 2), ONE_SOURCE, units));
  }

  @Test
  void keepsToTheLimit() {
    var units = single(1000);
    assertThat(choose(new HeldOutSplit(0.5, 7, 1), ONE_SOURCE, units).cardinality()).isEqualTo(7);
    assertThat(choose(new HeldOutSplit(0, 7, 1), ONE_SOURCE, units).isEmpty()).isTrue();
    assertThat(choose(new HeldOutSplit(0.5, 0, 1), ONE_SOURCE, units).isEmpty()).isTrue();
  }

  @Test
  void everySourceGivesItsShare() {
    var sources = new int[1000];
    Arrays.fill(sources, 900, 990, 1);
    Arrays.fill(sources, 990, 1000, 2);
    var heldOut = choose(new HeldOutSplit(0.1, 1000, 1), sources, single(1000));
    assertThat(heldOut.get(0, 900).cardinality()).isEqualTo(90);
    assertThat(heldOut.get(900, 990).cardinality()).isEqualTo(9);
    assertThat(heldOut.get(990, 1000).cardinality()).isEqualTo(1);
  }

  @Test
  void ofFewDocumentsOneIsHeldOutAndOneStays() {
    var split = new HeldOutSplit(0.001, 10, 1);
    assertThat(choose(split, new int[3], single(3)).cardinality()).isEqualTo(1);
    assertThat(choose(new HeldOutSplit(0.5, 10, 1), new int[2], single(2)).cardinality())
        .isEqualTo(1);
    assertThat(choose(split, new int[1], single(1)).isEmpty()).isTrue();
  }

  @Test
  void whatBelongsTogetherIsNeverParted() {
    var families = new long[300];
    var clusters = new long[300];
    for (int i = 0; i < 300; i++) {
      families[i] = (1L << 50) * (1 + i / 10);
    }
    // The last page of a filing is like the first page of the next but one.
    clusters[9] = 1L << 55;
    clusters[20] = 1L << 55;
    var units = new Units(families, clusters);
    assertThat(units.of(25)).isZero();
    for (long seed = 0; seed < 20; seed++) {
      var heldOut = choose(new HeldOutSplit(0.2, 1000, seed), new int[300], units);
      assertThat(heldOut.cardinality()).isBetween(40, 60);
      for (int i = 0; i < 300; i++) {
        assertThat(heldOut.get(i)).isEqualTo(heldOut.get(units.of(i)));
      }
    }
  }

  @Test
  void whatWasHeldOutStaysSoWithItsUnitAndCountsForTheShare() {
    var families = new long[100];
    families[3] = 1L << 60;
    families[4] = 1L << 60;
    var units = new Units(families, new long[100]);
    var heldOut = choose(new HeldOutSplit(0.02, 1000, 1), new int[100], units, 3);
    assertThat(heldOut.stream()).containsExactly(3, 4);
  }

  @Test
  void theFamilyIsTheFilingOrTheArticle() {
    assertThat(DocumentFamily.of(Map.of("filing", "S100A"), ""))
        .isEqualTo(DocumentFamily.of(Map.of("filing", "S100A"), "https://x.jp/1"))
        .isNotEqualTo(DocumentFamily.of(Map.of("filing", "S100B"), ""));
    assertThat(DocumentFamily.of(Map.of(), "")).isZero();
    for (var page :
        new String[] {
          "https://www.x.jp/news/a.html",
          "http://x.jp/news/a.html?page=2",
          "https://x.jp/news/a.html#top"
        }) {
      assertThat(DocumentFamily.page(page)).isEqualTo("x.jp/news/a.html");
    }
    assertThat(DocumentFamily.page("https://x.jp/a/page/3")).isEqualTo("x.jp/a");
    assertThat(DocumentFamily.page("https://x.jp/a_p3.html")).isEqualTo("x.jp/a.html");
    assertThat(DocumentFamily.page("https://x.jp/?id=3&page=2")).isEqualTo("x.jp/?id=3");
    assertThat(DocumentFamily.page("https://x.jp/2024")).isEqualTo("x.jp/2024");
  }
}
