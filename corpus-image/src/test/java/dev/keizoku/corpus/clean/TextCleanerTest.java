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
        Arguments.of("ＲＯＥは１２.３％", "ROEは12.3%"),
        Arguments.of("ﾊﾞﾗﾝｽｼｰﾄ ﾊﾟ ｶﾞ", "バランスシート パ ガ"),
        Arguments.of("ﾞ", "゛"),
        Arguments.of("か\u3099", "が"),
        Arguments.of("㈱髙島屋①△1,234▲5", "㈱髙島屋①△1,234▲5"),
        Arguments.of("m²と売上高¹と½", "m²と売上高¹と½"),
        Arguments.of("3～5％", "3\u301C5%"),
        Arguments.of("－12", "-12"),
        Arguments.of("\u221212", "-12"),
        Arguments.of("該当なし －", "該当なし \u2212"),
        Arguments.of("１，２３４．５", "1,234.5"),
        Arguments.of("△１２，３４５，６７８千円", "△12,345,678千円"),
        Arguments.of("＋１２．５％、－０．３％", "+12.5%、-0.3%"),
        Arguments.of("△．５ポイント", "△.5ポイント"),
        Arguments.of("－．５ ＋￥１００", "-.5 +¥100"),
        Arguments.of("２０２５／３／３１ １０：３０", "2025/3/31 10:30"),
        Arguments.of("〒１００－０００１ Ａ－１", "〒100-0001 A-1"),
        Arguments.of("￥１，０００ ＄５", "¥1,000 $5"),
        Arguments.of("増減（％） 円／ドル 注：金 ＋ －", "増減（％） 円／ドル 注：金 ＋ \u2212"),
        Arguments.of("増加した．２割，一方", "増加した．2割，一方"),
        Arguments.of("１．概要", "1．概要"),
        Arguments.of("１．２０２５年３月期の業績", "1．2025年3月期の業績"),
        Arguments.of("　１．３月の業績", "1．3月の業績"),
        Arguments.of("利回りは１．５年で", "利回りは1.5年で"),
        Arguments.of("\u2FA6\u878D\u2ED1\u671F", "金融長期"),
        Arguments.of("a\u200Bb\uFEFFc\u00ADd\u0007e", "abcde"),
        Arguments.of("\uF0B7 項目\n\uF0D8項目 \uF0E0 次 \uF123", "・ 項目\n・項目 → 次 \uF123"),
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
        .isEqualTo("第一条 銀行は、\n\n次\t\t3\t4");
    assertThat(TextCleaner.clean("old\rmac")).isEqualTo("old\nmac");
  }

  @Test
  void keepsTheColumnOfACell() {
    assertThat(TextCleaner.clean("\t\t当期 \n科目\t\t\t当期\n \t x\t\t\n\t\t\n末"))
        .isEqualTo("\t\t当期\n科目\t\t\t当期\n\tx\n\n末");
  }

  @Test
  void cleaningTwiceChangesNothing() {
    var once = TextCleaner.clean("ｶﾞ　１２\r\n\r\n\r\n～\u2FA6 １．２０２５年 １，２３４％\t\t３ か\u3099");
    assertThat(TextCleaner.clean(once)).isEqualTo(once);
  }
}
