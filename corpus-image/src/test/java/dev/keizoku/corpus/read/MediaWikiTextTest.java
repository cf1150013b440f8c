package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaWikiTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "*'''銀行'''は[[金融機関|機関]]である > 銀行は機関である",
        "[[ファイル:a.png|thumb|[[銀行]]の図]]本文 > 本文",
        "{{Infobox|a={{lang|en|x}}|b=1}}本文 > 本文",
        "{{lang|en|Bank}}（{{IPA|x}}） > Bank",
        "本文{{閉じない > 本文閉じない",
        "[http://x.jp 日銀]の[[en:Bank]]統計 > 日銀の統計",
        "a&nbsp;&amp;&nbsp;b > a & b",
      })
  void leavesTheRunningText(String markup, String text) {
    assertThat(MediaWikiText.plain(markup).replace('\u00a0', ' ').strip()).isEqualTo(text.strip());
  }
}
