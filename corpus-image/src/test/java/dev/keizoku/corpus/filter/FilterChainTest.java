package dev.keizoku.corpus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.Recipe;
import dev.keizoku.contract.corpus.Repetition;
import dev.keizoku.contract.corpus.Rules;
import dev.keizoku.corpus.Sources;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with a text that stays and one that falls. */
class FilterChainTest {
  private static final FilterChain GENERAL = chain(null, null, new Filters(5, 20, 0.5));
  private static final String SENTENCE = "当社グループの売上高は、前年同期に比べて増加しました。";

  private static FilterChain chain(Recipe recipe, Rules rules, Filters general) {
    var source = Sources.with(Sources.of("s", "file:///s/", null), "recipe", recipe);
    return FilterChain.of(Sources.with(source, "rules", rules).rules(general));
  }

  private static String fallsAt(FilterChain chain, String text) {
    return chain.drops(TextTraits.of(text.replace("\\n", "\n"))).map(Rule::reason).orElse(null);
  }

  @ParameterizedTest
  @CsvSource({
    "2006年中国Tianjin City Commercial Bankに出資。, true",
    "JAM Projectの「THUNDERBIRD 〜COLLECTION〜」は12枚目のベストアルバム。, true",
    "1937年、Bettina Bergengruenと結婚。, true",
    "The bank (銀行) lends money and takes deposits, false",
    "은행은 예금을 받고 돈을 빌려준다 銀行, false",
    "Return on equity, false",
  })
  void aLongNameInLatinLettersMakesASentenceNoLessJapanese(String text, boolean japanese) {
    assertThat(TextTraits.of(text).japaneseRatio() >= 0.3).isEqualTo(japanese);
  }

  @ParameterizedTest
  @CsvSource({
    "銀行は免許, ",
    "銀行法, tooShort",
    "銀行は、免許を受けた者である。, ",
    "銀行は、内閣総理大臣の免許を受けた者でなければ、営むことができない。, tooLong",
    "ROEは8％に上昇した, ",
    "Return on equity, notJapanese",
    "1 234 567 890, notJapanese",
    "データーベース, ",
    "銀行\uFFFDの免許, brokenCharacters",
  })
  void aTextFallsAtTheFirstRuleThatItDoesNotMeet(String text, String reason) {
    assertThat(fallsAt(GENERAL, text)).isEqualTo(reason);
  }

  /** {@code *N} at the end of a text: that many times. */
  @ParameterizedTest
  @CsvSource({
    "当社グループの売上高は、前年同期に比べて増加しました。営業利益は、原材料の値上がりにより減少しました。配当は一株につき百円といたします。, ",
    "有限公司董事会关于年度报告的公告本公司及董事会全体成员保证信息披露的内容真实准确完整没有虚假记载误导性陈述或者重大遗漏, fewKana",
    "縺薙ｌ縺ｯ譁ｭ縺ｧ縺吶ら縺昴≧縺ｧ縺ゅｋ縲*3, mojibake",
    "★新商品★■セール■◆入荷◆→見る←☆人気☆★ランキング★■もっと■◆そのほか◆です。*2, manySymbols",
    "りんご\\n"
        + "みかん\\n"
        + "ぶどう\\n"
        + "バナナ\\n"
        + "メロン\\n"
        + "すいか\\n"
        + "いちじく\\n"
        + "さくらんぼ\\n"
        + "あんず\\n"
        + "びわ\\n"
        + "かき\\n"
        + "くり\\n"
        + "なし\\n"
        + "もも\\n"
        + "ゆず\\n"
        + "かぼす, fewSentences",
    "明日の天気は晴れです。\\n*8, duplicateLines",
    "会社のお知らせ採用のご案内*8, fewSentences",
    "安くて良い店です。*40, top2Grams",
  })
  void theRecipeOfWebPages(String text, String reason) {
    int times = text.lastIndexOf('*');
    var whole =
        times < 0
            ? text
            : text.substring(0, times).repeat(Integer.parseInt(text.substring(times + 1)));
    assertThat(fallsAt(chain(Recipe.WEB, null, new Filters(0, null, 0.0)), whole))
        .isEqualTo(reason);
  }

  @Test
  void aTableOfNumbersIsNoRepetition() {
    var table = new StringBuilder(SENTENCE).append('\n');
    for (int i = 0; i < 60; i++) {
      table.append("売上高\t－\t－\t").append(1000 + i).append("\n売上高\t－\t－\t－\n");
    }
    for (var recipe : Recipe.values()) {
      assertThat(fallsAt(chain(recipe, null, null), SENTENCE + "\n" + table))
          .as(recipe.name())
          .isNull();
    }
  }

  @Test
  void aLongTextIsJudgedAsAShortOneIs() {
    var text = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      text.append(Character.toChars(0x4E00 + i)).append("を").append((char) ('ア' + i % 80));
      text.append(i % 5 == 0 ? (char) ('か' + i % 30) + "。" : "、");
    }
    var grams = TextTraits.of(text.toString()).prose().grams();
    assertThat(grams.top2()).isLessThan(0.1);
    assertThat(grams.duplicate5()).isLessThan(0.05);
    var twice = TextTraits.of(text.substring(0, 3000) + text.substring(0, 3000));
    assertThat(twice.prose().grams().duplicate10()).as("what is far apart").isLessThan(0.05);
  }

  @Test
  void rulesTakeThePlaceOfTheRecipesAndOfTheGeneralOnes() {
    var lines = new Repetition(0.0, null, null, null, null, null, null, null, null);
    var rules =
        new Rules(
            3, null, null, null, null, null, null, null, null, lines, null, null, null, null, null,
            null);
    var over = chain(Recipe.WEB, rules, null).asked();
    assertThat(over).hasSameSizeAs(chain(Recipe.WEB, null, null).asked());
    assertThat(over)
        .contains(new FilterChain.Asked(Rule.SHORT, 3), new FilterChain.Asked(Rule.LINES, 0))
        .contains(new FilterChain.Asked(Rule.LINE_LETTERS, 0.2));
    assertThat(chain(null, rules, new Filters(50, null, 0.5)).asked())
        .containsExactly(
            new FilterChain.Asked(Rule.BROKEN, 0.01),
            new FilterChain.Asked(Rule.SHORT, 3),
            new FilterChain.Asked(Rule.LANGUAGE, 0.5),
            new FilterChain.Asked(Rule.LINES, 0));
  }

  @Test
  void countsCodePointsNotUnits() {
    assertThat(TextTraits.of("𠮷野家😀").characters()).isEqualTo(4);
  }

  @Test
  void aLimitThatIsNotSetDropsNothing() {
    assertThat(chain(null, null, new Filters(0, null, 0.0)).drops(TextTraits.of("a")))
        .isEqualTo(Optional.empty());
  }

  @Test
  void rowsOfTablesAreNoProseHoweverTheirCellsAreParted() {
    var prose = TextTraits.of("本文です。\n").prose();
    assertThat(TextTraits.of("本文です。\n売上\t1,234\t△5\n").prose()).isEqualTo(prose);
    assertThat(TextTraits.of("本文です。\n| 売上 | 1,234 | △5 |\n").prose()).isEqualTo(prose);
  }
}
