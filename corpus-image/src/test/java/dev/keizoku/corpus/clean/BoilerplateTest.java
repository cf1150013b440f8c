package dev.keizoku.corpus.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoilerplateTest {
  private static final String SENTENCE = "会社情報を開示した。";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ホーム",
        "ホーム > 会社情報 > 採用情報",
        "サイトマップ｜個人情報保護方針｜お問い合わせ",
        "ページトップへ戻る",
        "法律、ガイドライン等へ戻る",
        "ニュースリリース一覧に戻る ▲",
        "≪ 前のページへもどる",
        "Homeへ戻る",
        "Copyright © 2024 Example Co., Ltd. All Rights Reserved.",
        "(C) 2019 Example",
        "記事・写真の無断転載を禁じます",
        "期間限定！送料無料でお届け",
        "今すぐ無料会員になると、お得なクーポンをプレゼント中です。詳しくはこちらから。",
        "期間限定で全品送料無料。さらにポイント還元。ご購入はこちら。",
      })
  void goes(String line) {
    assertThat(Boilerplate.remove(SENTENCE + "\n" + line + "\n\n" + SENTENCE).text())
        .isEqualTo(SENTENCE + "\n\n" + SENTENCE);
    assertThat(Boilerplate.remove(line).removed()).isEqualTo(line.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ホームセンター",
        "株価、年初来高値圏に戻る",
        "客足、震災前に戻るのは来年",
        "「原点」へ戻る",
        "会社情報の開示",
        "(c) 前項の規定にかかわらず",
        "期間限定の送料無料を終えた。",
        "当社は会員限定のクーポンとポイント還元により、期間限定の販売を伸ばした。その結果、当連結会計年度の売上高は1,234百万円（前期比5.6％増）となり、営業利益は△12百万円となった。通期の見通しは変えていない。",
        "ECサイトでは、送料無料とした期間限定の販売が好調に推移しました。",
        "送料無料\t1,200\t1,300\tクーポン",
        "第三章 採用",
        "(c) 2024年3月期の業績予想 売上高 1,234百万円",
        "(c)2023年3月期\t1,234\t5,678",
        "Facebook\tInstagram\tYouTube",
        "広告\tPR",
        "1,234",
        "|",
        "― ―",
      })
  void stays(String line) {
    assertThat(Boilerplate.remove(line)).isEqualTo(Boilerplate.Rest.whole(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
  void whatWasReadWronglyIsPutRight(String charset) {
    var text = "銀行は、免許を受けた者でなければ営むことができない。";
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var misread = new String(bytes, Charset.forName(charset));
    assertThat(MojibakeRepair.repair(misread))
        .isEqualTo(charset.equals("ISO-8859-1") ? text : misread);
  }

  @Test
  void whatIsRightStaysAsItIs() {
    for (var text :
        new String[] {
          SENTENCE, "縺れた糸、繧繝縁の畳、縺れを解く", "ça va? l'été, très bien, élève", "São João, não"
        }) {
      assertThat(MojibakeRepair.repair(text)).isEqualTo(text);
    }
  }
}
