package dev.keizoku.corpus.read.filing.xbrl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up names in sentences as filings have them. */
class NamesByTitleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "常務執行役員 佐藤 一、鈴木 礼二、高橋 さくら|常務執行役員 〔氏名〕、〔氏名〕、〔氏名〕",
        "委員（〔氏名〕、常務執行役員 田中 次郎およびティム）|委員（〔氏名〕、常務執行役員 〔氏名〕およびティム）",
        "会長兼社長執行役員の林 太郎が支配する会社。林 太郎は、|会長兼社長執行役員の〔氏名〕が支配する会社。〔氏名〕は、",
        "社外取締役（監査等委員） 伊藤 三郎、|社外取締役（監査等委員） 〔氏名〕、",
      })
  void namesBehindATitleGo(String text, String masked) {
    assertThat(NamesByTitle.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "取締役の報酬 総額は1,234百万円",
        "取締役 社外 取締役、監査役",
        "取締役会決議 平成28年8月17日",
        "取締役 兼 上席執行役員\t2.0\t2",
        "監査役 常勤 監査役は1名",
        "執行役員 営業 本部、管理 本部、",
        "公認会計士 山田 花子 氏（継続監査年数4年）",
        "代表取締役社長および取締役を選任",
        "業務執行社員\t所属 監査法人\t",
      })
  void whatIsNoNameStays(String text) {
    assertThat(NamesByTitle.mask(text)).isEqualTo(text);
  }
}
