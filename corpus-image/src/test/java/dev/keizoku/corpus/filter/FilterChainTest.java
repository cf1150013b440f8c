package dev.keizoku.corpus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Filters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with a text that stays and one that falls. */
class FilterChainTest {
  private static final FilterChain CHAIN = FilterChain.of(new Filters(5, 20, 0.5));

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
    assertThat(CHAIN.drops(TextTraits.of(text)).orElse(null)).isEqualTo(reason);
  }

  @Test
  void countsCodePointsNotUnits() {
    assertThat(TextTraits.of("𠮷野家😀").characters()).isEqualTo(4);
  }

  @Test
  void aLimitThatIsNotSetDropsNothing() {
    assertThat(FilterChain.of(new Filters(0, null, 0.0)).drops(TextTraits.of("a"))).isEmpty();
  }
}
