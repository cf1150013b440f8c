package dev.keizoku.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private static final String REPORT =
      "当連結会計年度における我が国経済は、雇用や所得の環境が改善し、緩やかな回復が続きました。当社グループの売上高は1,234百万円、"
          + "営業利益は△56百万円となりました。これは主に原材料価格の上昇と為替の変動によるものであり、次期については価格の改定を"
          + "進めるとともに、費用の削減に取り組んでまいります。株主の皆様におかれましては一層のご支援をお願い申し上げます。";

  private static class InMemory implements NearDuplicates.Prints {
    private final List<TextPrint> prints;

    InMemory(List<String> texts) {
      prints = texts.stream().map(text -> TextPrint.of(ComparedText.of(text))).toList();
    }

    @Override
    public void band(int band, long[] keys) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = prints.get(i).isCompared() ? prints.get(i).bands()[band] : 0;
      }
    }

    @Override
    public TextPrint get(int rank) {
      return prints.get(rank);
    }
  }

  private record Outcome(int[] originals, int[] clusters) {}

  private static Outcome find(int threads, List<String> ranked) throws Exception {
    var near = new NearDuplicates(ranked.size(), new InMemory(ranked));
    try (var workers = Executors.newFixedThreadPool(threads)) {
      for (int band = 0; band < MinHash.BANDS; band++) {
        near.compare(band, workers);
      }
    }
    var clusters = new int[ranked.size()];
    for (int i = 0; i < clusters.length; i++) {
      clusters[i] = near.cluster(i);
    }
    return new Outcome(near.decide(), clusters);
  }

  @Test
  void outOfMemoryInAWorkerIsToldAsSuch() {
    var full =
        new InMemory(List.of(REPORT, REPORT)) {
          @Override
          public TextPrint get(int rank) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    try (var workers = Executors.newFixedThreadPool(1)) {
      assertThatThrownBy(() -> new NearDuplicates(2, full).compare(0, workers))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  private static int[] originals(String... ranked) throws Exception {
    return find(2, List.of(ranked)).originals;
  }

  @Test
  void whatSaysLessOfTheSameGoes() throws Exception {
    assertThat(originals(REPORT + "以上。お問い合わせは広報まで。", REPORT, "前略。" + REPORT.replace("一層の", "変わらぬ")))
        .containsExactly(-1, 0, 0);
  }

  @Test
  void otherNumbersAndSignsStayInOneCluster() throws Exception {
    var twins =
        List.of(
            REPORT,
            REPORT.replace("1,234", "1,235"),
            REPORT.replace("△56", "56"),
            REPORT.replace("1,234", "12.34"),
            REPORT + "なお、特別損失は78百万円です。");
    var outcome = find(1, twins);
    assertThat(outcome.originals).containsExactly(-1, -1, -1, -1, -1);
    assertThat(outcome.clusters).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void aNumberThatStandsTwiceMustStandTwice() throws Exception {
    var twice = REPORT.replace("次期について", "次期の1,234百万円について");
    assertThat(originals(twice, REPORT)).as("fewer go for more").containsExactly(-1, 0);
    assertThat(originals(REPORT, twice)).as("more do not go for fewer").containsExactly(-1, -1);
  }

  @Test
  void whatIsLikeTheNextOnlyStays() throws Exception {
    // A chain: each text is like its neighbours, and not like those further away.
    var alphabet = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
    var random = new Random(3);
    var letters = new StringBuilder();
    for (int i = 0; i < 1300; i++) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    var chain = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      chain.add(letters.substring(i * 90, i * 90 + 1000));
    }
    var first = TextPrint.of(chain.get(0));
    assertThat(first.jaccard(TextPrint.of(chain.get(1)))).isGreaterThan(0.8);
    assertThat(first.jaccard(TextPrint.of(chain.get(2)))).isLessThan(0.8);
    var outcome = find(2, chain);
    assertThat(outcome.originals[1]).isEqualTo(0);
    assertThat(outcome.originals[2]).as("B is gone, and A is not like C").isEqualTo(-1);
  }

  @Test
  void shortTextsAreNotCompared() throws Exception {
    assertThat(originals("売上高は増加しました。ありがとう", "売上高は増加しました。ありがとうね")).containsExactly(-1, -1);
  }

  @Test
  void thousandsOfOneTemplateStayAndTheCopiesAmongThemGo() throws Exception {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      texts.add(REPORT.replace("1,234", Integer.toString(5000 + i)));
    }
    for (int i = 0; i < 1000; i++) {
      texts.add(texts.get(i).replace("お願い申し上げます", "お願いいたします"));
    }
    var outcome = find(2, texts);
    for (int i = 0; i < 1000; i++) {
      assertThat(outcome.originals[i]).isEqualTo(-1);
      assertThat(outcome.originals[1000 + i]).as("the copy of %d", i).isEqualTo(i);
    }
  }

  @Test
  void anyNumberOfThreadsFindsTheSame() throws Exception {
    var random = new Random(5);
    var texts = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      var text = new StringBuilder(REPORT);
      for (int edits = random.nextInt(12); edits > 0; edits--) {
        text.setCharAt(random.nextInt(text.length()), (char) ('あ' + random.nextInt(60)));
      }
      texts.add(text.toString());
    }
    var one = find(1, texts);
    var four = find(4, texts);
    assertThat(four.originals).isEqualTo(one.originals);
    assertThat(four.clusters).isEqualTo(one.clusters);
    for (int i = 0; i < texts.size(); i++) {
      int original = one.originals[i];
      if (original >= 0) {
        assertThat(one.originals[original]).as("the one that %d goes for stays", i).isEqualTo(-1);
        var print = TextPrint.of(ComparedText.of(texts.get(i)));
        var other = TextPrint.of(ComparedText.of(texts.get(original)));
        assertThat(print.jaccard(other)).isGreaterThanOrEqualTo(0.8);
        assertThat(print.hasNumbersWithin(other)).isTrue();
      }
    }
  }
}
