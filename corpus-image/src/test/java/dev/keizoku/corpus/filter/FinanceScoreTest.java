package dev.keizoku.corpus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.corpus.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinanceScoreTest {
  private static final String EARNINGS =
      "当連結会計年度の売上高は前年同期比5.6％増の1,234百万円、営業利益は345百万円となり、期末の純資産は増加しました。";
  private static final String HISTORY = "この地方では古くから農業が盛んで、中世には城が築かれ、街道沿いに宿場町が発達した。";

  @ParameterizedTest
  @ValueSource(
      strings = {
        EARNINGS,
        "日本銀行は金融政策決定会合において、無担保コールレートの誘導目標を0.5％程度で推移するよう促すことを決定した。",
        "投資信託の受益者は、償還金及び収益分配金を販売会社の口座で受け取る。",
        "社債の発行により調達した資金は、長期借入金の返済及び自己株式の取得に充当する予定である。"
      })
  void whatSpeaksOfFinanceScoresHigh(String text) {
    assertThat(TextTraits.of(text).finance()).isGreaterThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HISTORY,
        "先生はそのとき、庭の桜を眺めながら、昔の友人のことを静かに語りはじめた。",
        "選手は後半に得点を重ね、監督は試合後の会見で若手の成長を喜んだ。",
        "水温が上昇すると、魚類の多くは深い海域へ移動し、産卵の時期も早くなる。"
      })
  void whatDoesNotScoresLow(String text) {
    assertThat(TextTraits.of(text).finance()).isLessThan(0.3);
  }

  @Test
  void lengthDoesNotCountNorDoDigitsAndSpaces() {
    double once = TextTraits.of(EARNINGS).finance();
    assertThat(TextTraits.of((EARNINGS + "\n").repeat(50)).finance()).isCloseTo(once, within(1e-9));
    assertThat(TextTraits.of(EARNINGS.replaceAll("[0-9,.％]", "7")).finance())
        .isCloseTo(once, within(1e-9));
  }

  @Test
  void theRuleDropsWhatIsBelowItsLimitAndTheMeasureIsAnAttribute() {
    var rules =
        new Rules(
            null, null, null, null, null, null, null, null, 0.5, null, null, null, null, null, null,
            null);
    var asked = FilterChain.of(rules);
    assertThat(asked.drops(TextTraits.of(HISTORY))).contains(Rule.FINANCE);
    assertThat(asked.drops(TextTraits.of(EARNINGS))).isEmpty();
    assertThat(FilterChain.measures(TextTraits.of(HISTORY))).containsKey("measure.littleFinance");
  }
}
