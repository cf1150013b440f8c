package dev.keizoku.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are one document and which are two, mostly such as differ in one number. */
class DuplicateKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100 △100 ▲100 -100 +100 ±100 (100) 1.00 10.0 1,00 100% 100‰ ¥100 $100 €100 100- 〜100 100〜 √100",
        "15 1.5 1,5 1-5 1/5 1:5 1、5 1・5 1→5 1×5 1÷5 1=5 1<5 1>5 1_5 1*5 .15 -.15 -1.5 △1.5 1¹5 15% 1.5%",
        "1500 1,500 1.500 15.00 1,5,00 -1,500 △1,500 ▲1,500 (1,500) ¥1,500 -¥1,500 $1,500 1,500%",
        "12 ½ 1/2 1-2 1½ ⑫ 1² ¹2 Ⅻ １２％ ⒓ ⑴2",
        "12月期 1-2月期 1〜2月期 1・2月期 1、2月期 -12月期 △12月期",
        "m2 m² m³ m3 m^2 ㎟",
        "1 ① ⑴ ⒈ ¹ ₁ Ⅰ ㊀ ➀ ❶ 一",
        "1日 ㏡",
        "11日 1㏠ 1日",
        "p<0.05 p>0.05 p=0.05 p≦0.05 p≧0.05 p≒0.05 p0.05",
        "二・三% 二三% 二、三%",
        "十、二 十二 一〇二 一二",
        "二〇二五年 二二五年",
        "100←200 100→200 100↑200 100↓200",
        "賛成○反対× 賛成×反対○ 賛成◎反対×",
        "株価↑ 株価↓ 株価",
        "5℃ 5C -5℃ 5%",
        "10³ 103 10^3 10⁻³ 10-3",
      })
  void eachOfTheseIsAnotherDocument(String facts) {
    var keys = new HashMap<DuplicateKey, String>();
    for (var fact : facts.split(" ")) {
      var same = keys.put(DuplicateKey.of("当期は" + fact + "円である。"), fact);
      assertThat(same).as("same key as %s", fact).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "営業利益は△100百万円#営業利益は100百万円",
        "前日比＋120円#前日比－120円",
        "前日比＋１．５％#前日比＋１５％",
        "3,000円#3.000円",
        "第1、2四半期#第12四半期",
        "第1, 2四半期#第1,2四半期",
        "100, 200円#100,200円",
        "売上 1 2#売上 12",
        "前期 △5 当期 3#前期 5 当期 △3",
        "(100)百万円#100百万円",
        "（１，２３４）千円#１，２３４千円",
        "倍率は.5である#倍率は5である",
        "倍率 −.5 倍#倍率 .5 倍",
        "2025-01-02#2025-0102",
        "10:30開始#1030開始",
        "増資 1:2#増資 12",
        "口座 100-200#口座 100200",
        "〒100-0001#〒1000-001",
        "ＪＰＹ △１２#ＪＰＹ １２",
        "損失△ 5億円#損失 5億円",
        "-$5#$5",
        "$-5#$5",
        "+5%〜+7%#+5%〜-7%",
        "5%-10%#5%10%",
      })
  void oneMarkMakesAnotherFact(String one, String other) {
    assertThat(DuplicateKey.of(one)).isNotEqualTo(DuplicateKey.of(other));
  }

  @Test
  void theColumnOfANumberCounts() {
    assertThat(DuplicateKey.of("売上\t100\t\t200")).isNotEqualTo(DuplicateKey.of("売上\t100\t200"));
    assertThat(DuplicateKey.of("売上\t\t100")).isNotEqualTo(DuplicateKey.of("売上\t100"));
    assertThat(DuplicateKey.of("売上\t－\t100")).isNotEqualTo(DuplicateKey.of("売上\t-100"));
    assertThat(DuplicateKey.of("売上\t－\t100")).isNotEqualTo(DuplicateKey.of("売上\t100\t－"));
    assertThat(DuplicateKey.of("売上\t－\t100")).isNotEqualTo(DuplicateKey.of("売上\t\t-100"));
    assertThat(DuplicateKey.of("1\t2")).isNotEqualTo(DuplicateKey.of("12"));
    assertThat(DuplicateKey.of("1\n2")).isNotEqualTo(DuplicateKey.of("12"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "当社の売上高は、１２億円。#当社の売上高は 12億円",
        "１，２３４．５％#1,234.5%",
        "－１００#-100",
        "−100#-100",
        "–100#－１００",
        "△１００#△100",
        "△ 100#△100",
        "△　１００#△100",
        "＋１２０円#+120円",
        "￥１，０００#¥1,000",
        "¥ 1,000#¥1,000",
        "1～2月期#1〜2月期",
        "1~2月期#1〜2月期",
        "1 - 2月期#1-2月期",
        "１／２#1/2",
        "1 / 2#1/2",
        "10 %#10%",
        "（100）#(100)",
        "( 100 )#(100)",
        "⑴#(1)",
        "㎡#m²",
        "㎥#m³",
        "㈱青空#（株）青空",
        "ｶﾌﾞｼｷ#カブシキ",
        "Ａｂｃ#ABC",
        "「増益」と述べた。#増益と述べた",
        "増益、増収。#増益増収",
        "増益　増収#増益 増収",
        "・増益#増益",
        "●増益#■増益",
        "― 増益 ―#増益",
        "2025年、増益。#2025年増益",
        "増益！#増益",
        "利益は12。#利益は12",
        "利益は12.#利益は12",
        "No.5#No5",
        "No. 5#No 5",
        "目次……5#目次5",
        "◯と×#○と×",
        "第１条　銀行#第1条 銀行",
        "100円、200円#100円 200円",
        "した．(2)の段階#した。(2)の段階",
        "した．①売上#した。①売上",
        "した．⑵の段階#した。⑵の段階",
        "入植をする．○3 日本#入植をする。○3 日本",
        "a\u200Bb#ab",
      })
  void widthSpacesAndPunctuationDoNot(String one, String other) {
    assertThat(DuplicateKey.of(one)).isEqualTo(DuplicateKey.of(other));
  }

  @Test
  void lineBreaksAndTabsBesideWordsDoNot() {
    for (var broken :
        List.of("売上は\n12億円で\r\n増えた", "売上は\t12億円で増えた", "\t売上は12億円で増えた\t", "売上は\n\n\n12億円で増えた")) {
      assertThat(DuplicateKey.of(broken)).isEqualTo(DuplicateKey.of("売上は12億円で増えた"));
    }
  }

  @Test
  void aTableSaysTheSameInTabsAndInMarkdown() {
    var tabs = "業績\n科目\t前期\t当期\n売上\t\t△1,234\n費用\t5";
    var markdown = "業績\n| 科目 | 前期 | 当期 |\n| --- | --- | --- |\n| 売上 | | △1,234 |\n| 費用 | 5 | |";
    assertThat(DuplicateKey.of(markdown)).isEqualTo(DuplicateKey.of(tabs));
    assertThat(DuplicateKey.of(markdown.replace("| | △1,234 |", "| △1,234 | |")))
        .as("a number in another column")
        .isNotEqualTo(DuplicateKey.of(markdown));
  }
}
