package dev.keizoku.corpus.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "連絡先はir-team@example.co.jpまで。 | 連絡先は[EMAIL]まで。",
        "taro.yamada＠mail.example.com | [EMAIL]",
        "電話 03-1234-5678（代表） | 電話 [PHONE]（代表）",
        "090-1234-5678に | [PHONE]に",
        "TEL：0312345678。 | TEL：[PHONE]。",
        "FAX番号 06 (6123) 4567 | FAX番号 [PHONE]",
        "(03)1234-5678 | [PHONE]",
        "フリーダイヤル0120-123-456 | フリーダイヤル[PHONE]",
        "+81-3-1234-5678 | [PHONE]",
        "0422−12−3456 | [PHONE]",
        "東京都千代田区丸の内一丁目1番1号にある | [ADDRESS]にある",
        "〒100-0005 東京都千代田区丸の内1-2-3 | [ADDRESS]",
        "大阪府大阪市北区梅田三丁目一番三号 | [ADDRESS]",
        "神奈川県横浜市西区みなとみらい2丁目3番地に本店 | [ADDRESS]に本店",
        "郵便番号は〒100-0005です | 郵便番号は[ADDRESS]です",
        "千葉県千葉市春日二丁目二十三番地の十三 | [ADDRESS]",
        "福島県福島市森合字台3-5にある駅と、東京都港区東新橋一丁目9番1号 | [ADDRESS]にある駅と、[ADDRESS]",
        "個人番号：1234 5678 9018 | 個人番号：[MY_NUMBER]",
        "マイナンバー123456789018を | マイナンバー[MY_NUMBER]を",
        "4111-1111-1111-1111 | [CARD]",
        "カード番号 4111 1111 1111 1111 | カード番号 [CARD]",
        "クレジットカード5555555555554444で | クレジットカード[CARD]で",
      })
  void becomesATag(String text, String tagged) {
    assertThat(PersonalTags.tag(text)).isEqualTo(tagged);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // amounts, shares, shares of hundred, ranges
        "売上高は10312345678円となった。",
        "神奈川県横浜市の空室率2-3ポイント低下",
        "神奈川県横浜市の賃料上昇率2-3.5ポイント",
        "東京都千代田区の2022-2023シーズン",
        "大阪府大阪市の店舗10-15店",
        "0.123456789",
        "1,234,567,890株",
        "△1,234百万円、前年同期比12.3％増",
        "2024-03-31から2025-03-31まで",
        "2019 2020 2021 2022",
        "4000 5000 6000 7000",
        "前期 4111 1111 1111 1112 当期",
        "0-100-1000円",
        "03-1234-567890",
        "0120-12-3456円",
        // codes
        "法人番号7010001008844",
        "法人番号：7-0100-0100-8844",
        "証券コード7974、EDINETコードE02367",
        "ISIN JP3756600007",
        "書類管理番号S100TMMG",
        "受付番号 123456789012",
        "個人番号1234 5678 9012は検査用数字が誤りである",
        "口座番号4111111111111111",
        "企業会計基準第29号（2020年3月31日）",
        "第百二十条第一項第三号",
        "@を付す。foo@bar",
        // places that are no address
        "東京都中央区の1-3月期の景況",
        "大阪府と京都府の2府",
        "東京都千代田区に本社を置く。",
        "神奈川県横浜市の人口は370万人",
        "北海道の1市3町村",
        "国道1-2号",
        "東京都港区で1番の売上げ",
        "東京都港区芝4丁目に設置された",
        "兵庫県宝塚市内の1-3位を占める",
      })
  void stays(String text) {
    assertThat(PersonalTags.tag(text)).isEqualTo(text);
  }
}
