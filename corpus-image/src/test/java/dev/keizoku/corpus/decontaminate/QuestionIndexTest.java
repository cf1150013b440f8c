package dev.keizoku.corpus.decontaminate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Decontamination.Benchmark;
import dev.keizoku.corpus.questions.BenchmarkQuestions;
import dev.keizoku.storage.open.StoreRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionIndexTest {
  private static final String QUESTION = "当社グループは、2024年3月期に1,500万円の減損損失をカナダの子会社について計上した。";
  private static final BenchmarkQuestions CARRIED = carried();

  private static BenchmarkQuestions carried() {
    var names = List.of("chabsa", "cma_basics", "cpa_audit", "fp2", "security_sales_1");
    return BenchmarkQuestions.read(
        StoreRouter.open(null, null),
        new Decontamination(
            names.stream().map(name -> new Benchmark(name, null)).toList(), null, null));
  }

  private static QuestionIndex index(Question... questions) {
    return QuestionIndex.of(List.of(questions), 0);
  }

  private static Question asked(int item, String text, String... choices) {
    return new Question(0, item, List.of(text), List.of(choices));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "当社グループは、2024年3月期に1,500万円の減損損失をカナダの子会社について計上した。",
        "当社グループは，２０２４年３月期に１，５００万円の減損損失を",
        "当社 グループは、2024 年 3 月期に\n1,500 万円の 減損損失を",
        "二〇二四年三月期に千五百万円の減損損失を計上",
        "2024年3月期に15,000,000円の減損損失をカナダの",
        "期に１５００万円の減損損失をかなだの子会社",
        "減損損失をｶﾅﾀﾞの子会社について計上した",
        "減損損失をカナタ\u3099の子会社について計上した",
        "「（2024年３月期）に、1,500万円の、減損損失を、カナダ",
      })
  void findsItHoweverItIsWritten(String written) {
    var hits = index(asked(7, QUESTION)).find("前の文。" + written + "後の文。");
    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().items()).containsExactly(7);
    assertThat(hits.getFirst().characters()).isGreaterThanOrEqualTo(QuestionIndex.RUN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024年3月期に1,500万円の",
        "2024年3月期に1,600万円の減損損失をアメリカの子会社について計上",
        "2023年3月期に1,500万円の減損利益をカナダの親会社",
        "",
        "短い",
      })
  void fewerCharactersInARowAreNoHit(String other) {
    assertThat(index(asked(0, QUESTION)).find(other)).isEmpty();
  }

  @Test
  void aShortQuestionIsFoundWholeOnly() {
    var index = index(asked(0, "債券の価格と金利の関係は"), asked(1, "自己資本利益率とは何ですか"));
    assertThat(index.find("問い。自己資本 利益率とは、何ですか。答え。")).hasSize(1);
    assertThat(index.find("自己資本利益率とは何だろう。債券の価格と金利の関係は深い。")).isEmpty();
  }

  @Test
  void aQuestionWithShortTextsOnlyIsFoundWithItsAnswers() {
    var index = index(asked(0, "正しいものは？", "株式", "債券", "投資信託"));
    assertThat(index.find("問1 正しいものは？ 1.株式")).isEmpty();
    assertThat(index.find("正しいものは？\n・株式\n・債券\n・投資信託")).hasSize(1);
  }

  @Test
  void whatAQuestionPointsAtAndCommonAnswersAreNotQuestions() {
    var target = "親会社株主に帰属する当期純利益";
    var index =
        index(
            new Question(0, 0, List.of("この期の" + target + "は増加したのか述べよ", target), List.of()),
            asked(1, "次のうち正しいものを一つ選びなさい。その一", "上記のいずれも適切でない場合", "甲"),
            asked(2, "次のうち誤りのものを一つ選びなさい。その二", "上記のいずれも適切でない場合", "乙"));
    assertThat(index.find(target + "は100百万円。上記のいずれも適切でない場合がある。")).isEmpty();
  }

  @Test
  void questionsOfOneTextAreToldTogether() {
    var index = index(asked(3, QUESTION), asked(5, QUESTION), asked(6, "別の" + "問い".repeat(12)));
    assertThat(index.find(QUESTION))
        .singleElement()
        .extracting(Hit::items)
        .isEqualTo(List.of(3, 5));
  }

  @Test
  void aHitSaysWhereItStands() {
    var text = "一行目。\n" + QUESTION + "\n三行目。";
    var hit = index(asked(0, QUESTION)).find(text).getFirst();
    assertThat(text.substring(hit.from(), hit.to() + 1)).startsWith("当社").endsWith("計上した");
  }

  @Test
  void aPartOfALongTextIsNoHitWhereALargerShareIsAsked() {
    var formula = "一般に公正妥当と認められる企業会計の基準に準拠して作成し、";
    var long1 = asked(0, formula + QUESTION.repeat(4), "ア", "イ");
    var short1 = asked(1, formula + "次のうち正しい記述");
    var text = "会社は、計算書類を" + formula + "株主総会に提出する。";
    assertThat(QuestionIndex.of(List.of(long1), 0).find(text)).hasSize(1);
    assertThat(QuestionIndex.of(List.of(long1), 0.25).find(text)).isEmpty();
    assertThat(QuestionIndex.of(List.of(long1, short1), 0.25).find(text))
        .singleElement()
        .satisfies(hit -> assertThat(hit.items()).containsExactly(1));
    var index = QuestionIndex.of(List.of(long1), 0.25);
    assertThat(CutText.of(text, index)).as("what is no hit is not cut").isEqualTo(text);
    assertThat(index.find(text + formula + QUESTION.repeat(4))).hasSize(1);
  }

  @Test
  void cuttingTakesTheLinesAndLeavesTheOthers() {
    var index = index(asked(0, QUESTION));
    var split = QUESTION.substring(0, 14) + "\n" + QUESTION.substring(14);
    assertThat(CutText.of("前。\n" + split + "\n間。\n" + QUESTION + "\n後。", index))
        .isEqualTo("前。\n間。\n後。");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25})
  void findsPlantedQuestionsOfAllFiveTasks(double minShare) {
    var index = CARRIED.index(minShare);
    var random = new Random(7);
    int planted = 0;
    int found = 0;
    for (var question : CARRIED.questions()) {
      var text = question.texts().stream().max(java.util.Comparator.comparing(String::length));
      var way = random.nextInt(PARAPHRASES.size());
      var leak = "前置きの文章がここにある。" + PARAPHRASES.get(way).apply(text.orElseThrow()) + "結びの文章。";
      planted++;
      boolean hit =
          index.find(leak).stream()
              .anyMatch(
                  h ->
                      h.benchmark() == question.benchmark() && h.items().contains(question.item()));
      found += hit ? 1 : 0;
    }
    assertThat(planted).isEqualTo(7723 + 38 + 398 + 475 + 57);
    assertThat((double) found / planted).isGreaterThanOrEqualTo(0.99);
  }

  private static final List<java.util.function.UnaryOperator<String>> PARAPHRASES =
      List.of(
          text -> text,
          QuestionIndexTest::wide,
          text -> text.replaceAll("([、。])", "$1 "),
          text -> text.replace("、", "，").replace("。", "．").replace("\n", ""),
          QuestionIndexTest::kanjiDigits,
          text -> text.replaceAll("(.{17})", "$1\n"));

  private static String wide(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append((char) (c > 0x20 && c < 0x7F ? c + 0xFEE0 : c)));
    return out.toString();
  }

  private static String kanjiDigits(String text) {
    var out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(Character.isDigit(c) ? "〇一二三四五六七八九".charAt(Character.digit(c, 10)) : c);
    }
    return out.toString();
  }

  @Test
  void unrelatedTextHasNone() {
    var index = CARRIED.index(0);
    var lines = new ArrayList<String>();
    lines.add("我が国の経済は、雇用や所得の環境が改善する中で、緩やかな回復が続くことが期待される。");
    lines.add("吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。");
    assertThat(lines).allSatisfy(line -> assertThat(index.find(line)).isEmpty());
  }
}
