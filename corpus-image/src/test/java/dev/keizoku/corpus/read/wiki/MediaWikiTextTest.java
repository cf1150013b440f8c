package dev.keizoku.corpus.read.wiki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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
        "国（こく、{{Lang-de|Republik}}、{{lang-en-short|State}}）は > 国（こく、ドイツ語: Republik、英: State）は",
        "（{{lang-zh-hans|国}}、{{lang-xyz|x}}、{{lang-fr}}） > （中国語: 国、x、）",
        "{{要出典範囲|関係は[[隣国|悪い]]。|date=2014年10月}}次の文{{いつ範囲|現在|date=2014年}} > 関係は悪い。次の文現在",
        "{{Bar percent|イスラム教|green|90}} > イスラム教 90%",
      })
  void leavesTheRunningText(String markup, String text) {
    assertThat(MediaWikiText.plain(markup).replace('\u00a0', ' ').strip()).isEqualTo(text.strip());
  }

  @Test
  void keepsTheSharesOfAChart() {
    var markup =
        "{{bar box\n|title=宗教の構成\n|titlebar=#ddd\n|bars=\n{{bar percent|仏教|green|90}}\n"
            + "{{bar percent|[[イスラム教|回教]]|red|4.5}}\n}}\n次の文";
    assertThat(MediaWikiText.plain(markup).replaceAll("\n+", "\n").strip())
        .isEqualTo("宗教の構成\n仏教 90%\n回教 4.5%\n次の文");
  }

  @Test
  void headingsWithoutTextGo() {
    var markup =
        "前文\n== 歴史 ==\n{{Main|歴史}}\n=== 古代 ===\n古代の文\n=== 写真 ===\n[[ファイル:a.png]]\n"
            + "== 文化 ==\n=== 祝日 ===\n{{節stub}}\n== 経済 ==\n* 農業\n== 脚註・出典 ==\n<references/>\n";
    assertThat(MediaWikiText.plain(markup).replaceAll("\n+", "\n").strip())
        .isEqualTo("前文\n## 歴史\n### 古代\n古代の文\n## 経済\n農業");
  }

  @Test
  void aLineThatOnlyBeginsAsAHeadingIsReadAtOnce() {
    var markup = "==" + " ".repeat(3_000) + "本文\n==\t節  ==  \n文";
    var text = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> MediaWikiText.plain(markup));
    assertThat(text).endsWith("本文\n## 節\n文");
  }

  /** Lines end in /, a tab is written as a right arrow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{|class=wikitable/|+ 業績/! 年 !! 売上高/|-/| 2023 || 1,234/|-/| 2024 || 567/|}"
            + " ~ 業績/年→売上高/---→---/2023→1,234/2024→567",
        "{|/|-/! scope=row | 売上/| align=right | 1/| {{color|red|△2}}/|-/! 費用/| || 3/|}"
            + " ~ 売上→1→△2/費用→→3",
        "{|/! rowspan=2 | 科目 !! colspan=2 | 期/|-/! 前 !! 当/|-/| [[売上高|売上]] || 1 || 2/|}"
            + " ~ 科目→期/→前→当/---→---→---/売上→1→2",
        "{|/| 一行目/二行目<br>三行目/* 四/| 2/|} ~ 一行目 二行目 三行目 四→2",
        "{|/| a/{|/| b || c/|}/| d/|} ~ a b c→d",
        "前/{| class='navbox'/| 銀行 || 証券/|}/後 ~ 前//後",
        "== 業績 ==/本文/=== 内訳 ===/# 一 ~ ## 業績/本文/### 内訳/一",
      })
  void tablesAreRowsAndHeadingsHaveLevels(String markup, String text) {
    assertThat(MediaWikiText.plain(markup.replace('/', '\n')).strip().replace('\t', '→'))
        .isEqualTo(text.replace('/', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "従業員は{{formatnum:12345}}人#従業員は12,345人",
        "{{formatnum:90000000000}}円#90,000,000,000円",
        "{{formatnum: -1234567.8901 }}#-1,234,567.8901",
        "{{FORMATNUM:12,345|R}}#12,345",
        "{{formatnum:12345|NOSEP}}#12345",
        "{{formatnum:{{val|1500}}}}#1,500",
        "{{val|1234.5|u=km}}#1234.5 km",
        "{{val|5.2|0.1|ul=kg}}#5.2±0.1 kg",
        "{{val|5.2|0.2|0.1}}#5.2 +0.2 −0.1",
        "{{val|1.2|e=6|u=[[メートル|m]]}}#1.2×10⁶ m",
        "約{{convert|100|km|mi}}離れる#約100 km離れる",
        "{{convert|5|to|10|km|mi|0}}#5〜10 km",
        "{{Convert|5|ft|10|in|cm}}#5 ft 10 in",
        "{{円|1,500}}の配当#1,500円の配当",
        "{{JPY|2000}}と{{US$|3.5}}#¥2000とUS$3.5",
        "{{単位|30|km}}#30 km",
        "{{増減|△5.2%}}#△5.2%",
        "{{和暦|2011}}に設立#2011年に設立",
        "{{年月日|2010|4|1}}に設立#2010年4月1日に設立",
        "{{Start date|2010|4}}#2010年4月",
        "{{死亡年月日と没年齢|1910|1|2|1990|3|4}}#1990年3月4日",
        "{{frac|1|2}}と{{分数|3|1|2}}#1/2と3 1/2",
        "10{{sup|6}}と10<sup>8</sup>円#10⁶と10⁸円",
        "3{{e|6}}#3×10⁶",
        "{{nowrap|1,234 円}}#1,234 円",
        "{{color|red|△5}}#△5",
        "{{sort|0012|12億円}}#12億円",
        "{{val|1=42}}#42",
        "本文{{Sfn|山田|2010|p=5}}{{R|1}}{{Rp|12}}{{Efn|3}}#本文",
        "本文{{0}}{{Coord|35|41|N|139|46|E}}{{ISBN2|4-00-000000-0}}{{Reflist|2}}#本文",
        "本文{{Infobox 会社|売上高={{formatnum:900}}}}{{要出典|date=2010年}}{{ntsh|5}}#本文",
        "本文{{lc:5}}{{Cite web|title=x|year=2010}}{{Columns-list|2|長い文章}}#本文",
        "記号は<nowiki>[[AOZ]] {{円|5}} a|b</nowiki>#記号は[[AOZ]] {{円|5}} a|b",
      })
  void keepsTheNumbersThatTemplatesShow(String markup, String text) {
    assertThat(MediaWikiText.plain(markup).strip()).isEqualTo(text.strip());
  }
}
