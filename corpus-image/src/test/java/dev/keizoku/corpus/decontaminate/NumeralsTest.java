package dev.keizoku.corpus.decontaminate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
  @ParameterizedTest
  @CsvSource({
    "2024,2024",
    "二〇二四,2024",
    "007,007",
    "十二,12",
    "二十,20",
    "千五百万,15000000",
    "1500万,15000000",
    "3億5000万,350000000",
    "一兆二千億,1200000000000",
    "100百万,100000000",
    "万一,10001",
    "零,0",
    "三〇〇万,3000000"
  })
  void oneWayOfWriting(String written, String digits) {
    assertThat(Numerals.digits(written)).isEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource({"一万二千三百四十五億六千七百八十九兆百万", "兆兆兆兆億億億億"})
  void whatIsTooLargeStaysAsItIs(String written) {
    assertThat(Numerals.digits(written)).isNotEmpty().doesNotContain("-");
  }
}
