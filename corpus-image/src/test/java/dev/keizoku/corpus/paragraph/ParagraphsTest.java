package dev.keizoku.corpus.paragraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.corpus.paragraph.Paragraphs.Paragraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphsTest {
  private static final String SENTENCE =
      "当社グループは、金融商品取引法に基づき有価証券報告書を提出しており、その内容は当社のウェブサイトに掲載しております。";

  @Test
  void spacesMakeNoOtherParagraphAndEveryNumberDoes() {
    long key = Paragraphs.of(SENTENCE).getFirst().key();
    assertThat(Paragraphs.of("見出し\n\n" + SENTENCE.replace("、", "、 ")))
        .singleElement()
        .isEqualTo(new Paragraph(2, key));
    for (var other :
        List.of("1,500百万円です。", "1,501百万円です。", "△1,500百万円です。", "1.500百万円です。", "１，５００百万円です。")) {
      assertThat(Paragraphs.of(SENTENCE + other)).hasSize(1).noneMatch(it -> it.key() == key);
    }
    assertThat(
            List.of("前期比1.5%増。", "前期比15%増。", "前期比-1.5%増。", "前期比△1.5%増。").stream()
                .map(end -> Paragraphs.of(SENTENCE + end).getFirst().key()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "該当事項はありません。",
        "売上高及び営業利益の推移に関する連結会計年度ごとの状況、並びに今後の見通しとその前提となる条件",
        "科目\t当連結会計年度における金額及び前連結会計年度における金額の比較を以下に示しております。\t1,234",
        "\t当連結会計年度における金額及び前連結会計年度における金額の比較を以下に示しております。",
        "現金及び現金同等物の期末残高 ........................................ 12,345"
      })
  void whatSaysSomethingByItsPlaceOnlyIsNone(String line) {
    assertThat(Paragraphs.of(line)).isEmpty();
    assertThat(Paragraphs.of(line + "\n" + SENTENCE))
        .extracting(Paragraph::line)
        .containsExactly(1);
  }

  @Test
  void linesAreTakenOutWithoutHolesOfEmptyOnes() {
    var text = "見出し\n\n一つ目。\n\n二つ目。\n科目\t12\n三つ目。";
    assertThat(Paragraphs.without(text, new int[] {2})).isEqualTo("見出し\n\n二つ目。\n科目\t12\n三つ目。");
    assertThat(Paragraphs.without(text, new int[] {0, 6})).isEqualTo("一つ目。\n\n二つ目。\n科目\t12");
    assertThat(Paragraphs.without(text, new int[] {0, 2, 4, 5, 6})).isEmpty();
  }

  @Test
  void theFirstDocumentsKeepWhatTheyShare(@TempDir Path folder) throws IOException {
    try (var file = new ParagraphFile(folder.resolve("a"))) {
      file.add(0, List.of(new Paragraph(3, 7), new Paragraph(5, 7), new Paragraph(6, 8)));
      file.add(2, List.of(new Paragraph(0, 7), new Paragraph(1, 9), new Paragraph(9, 7)));
      file.add(4, List.of(new Paragraph(1, 9), new Paragraph(2, 7)));
      assertThat(new CopiedParagraphs(file, document -> 1).find())
          .containsExactly(at(2, 0), at(2, 9), at(4, 1), at(4, 2));
      assertThat(new CopiedParagraphs(file, document -> 2).find()).containsExactly(at(4, 2));
      assertThat(new CopiedParagraphs(file, document -> document == 2 ? 1 : 3).find())
          .containsExactly(at(2, 0), at(2, 9));
    }
  }

  @Test
  void inPassesItFindsTheSame(@TempDir Path folder) throws IOException {
    var random = new Random(1);
    try (var file = new ParagraphFile(folder.resolve("a"))) {
      for (int document = 0; document < 20_000; document++) {
        var paragraphs = new Paragraph[1 + document % 9];
        Arrays.setAll(
            paragraphs,
            line -> new Paragraph(line, random.nextInt(60_000) * 0x9E37_79B9_7F4A_7C15L));
        file.add(document, List.of(paragraphs));
      }
      var all = new CopiedParagraphs(file, document -> 2).find();
      assertThat(all).hasSizeGreaterThan(1_000);
      assertThat(new CopiedParagraphs(file, document -> 2, 7_000).find()).isEqualTo(all);
    }
  }

  private static long at(int document, int line) {
    return (long) document << 32 | line;
  }
}
