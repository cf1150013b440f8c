package dev.keizoku.corpus.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextCleanerTest {

  static Stream<Arguments> characters() {
    return Stream.of(
        Arguments.of("ＲＯＥは１２.３％", "ROEは12.3％"),
        Arguments.of("ﾊﾞﾗﾝｽｼｰﾄ ﾊﾟ ｶﾞ", "バランスシート パ ガ"),
        Arguments.of("ﾞ", "゛"),
        Arguments.of("か\u3099", "が"),
        Arguments.of("㈱髙島屋①△1,234▲5", "㈱髙島屋①△1,234▲5"),
        Arguments.of("m²と売上高¹と½", "m²と売上高¹と½"),
        Arguments.of("3～5％", "3\u301C5％"),
        Arguments.of("－12", "\u221212"),
        Arguments.of("\u2FA6\u878D\u2ED1\u671F", "金融長期"),
        Arguments.of("a\u200Bb\uFEFFc\u00ADd\u0007e", "abcde"),
        Arguments.of("葛\uDB40\uDD00城", "葛城"),
        Arguments.of("👩\u200D👧", "👩\u200D👧"));
  }

  @ParameterizedTest
  @MethodSource("characters")
  void foldsWidthsAndKeepsWhatCarriesMeaning(String raw, String clean) {
    assertThat(TextCleaner.clean(raw)).isEqualTo(clean);
  }

  @Test
  void collapsesWhiteSpace() {
    assertThat(TextCleaner.clean("\n\n　　第一条　　銀行は、\u00a0 \r\n\r\n\r\n\n次\t\t3 \t4\n\n"))
        .isEqualTo("第一条 銀行は、\n\n次\t3\t4");
    assertThat(TextCleaner.clean("old\rmac")).isEqualTo("old\nmac");
  }

  @Test
  void cleaningTwiceChangesNothing() {
    var once = TextCleaner.clean("ｶﾞ　１２\r\n\r\n\r\n～\u2FA6 か\u3099");
    assertThat(TextCleaner.clean(once)).isEqualTo(once);
  }
}
