package dev.keizoku.corpus.read.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JisCodeTest {

  @ParameterizedTest
  @CsvSource({
    "「てへん＋劣」、第3水準1-84-77, 挘",
    "「てへん＋毟」、第4水準2-78-12, 毮",
    "二の字点、1-2-22, 〻",
    "4分の1、1-9-19、12-3, ¼",
    "ローマ数字5、1-13-25, Ⅴ",
    "「...」、U+64B7, 撷",
    "小書き平仮名ん、152-11, ん",
    "小書き片仮名マ、695-8, マ",
    "ローマ数字1909、272-3, 1909",
    "「車＋兀」、555-3, 〓",
    "ト音記号、48-12, 〓",
  })
  void aNoteBecomesItsCharacter(String note, String character) {
    assertThat(JisCode.character(note)).isEqualTo(character);
  }
}
