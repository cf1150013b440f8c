package dev.keizoku.corpus.read.wiki;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the encyclopedia calls the languages of foreign words, by their code. */
final class LanguageNames {
  private static final Map<String, String> SHORT =
      of("en 英 de 独 fr 仏 es 西 pt 葡 it 伊 ru 露 zh 中 nl 蘭 la 羅 el 希 ko 朝 tr 土 pl 波");

  private static final Map<String, String> FULL =
      of(
          "en 英語 de ドイツ語 fr フランス語 es スペイン語 pt ポルトガル語 it イタリア語 ru ロシア語 zh 中国語 ko 朝鮮語"
              + " nl オランダ語 la ラテン語 el ギリシア語 ar アラビア語 he ヘブライ語 fa ペルシア語 tr トルコ語"
              + " hi ヒンディー語 th タイ語 vi ベトナム語 id インドネシア語 ms マレー語 km クメール語 lo ラーオ語"
              + " my ビルマ語 mn モンゴル語 uk ウクライナ語 be ベラルーシ語 pl ポーランド語 cs チェコ語 sk スロバキア語"
              + " hu ハンガリー語 ro ルーマニア語 bg ブルガリア語 sr セルビア語 hr クロアチア語 bs ボスニア語"
              + " sl スロベニア語 mk マケドニア語 sq アルバニア語 sv スウェーデン語 no ノルウェー語 nb ノルウェー語"
              + " da デンマーク語 fi フィンランド語 et エストニア語 lv ラトビア語 lt リトアニア語 is アイスランド語"
              + " ga アイルランド語 cy ウェールズ語 eu バスク語 ca カタルーニャ語 gl ガリシア語 hy アルメニア語"
              + " ka グルジア語 az アゼルバイジャン語 kk カザフ語 ky キルギス語 uz ウズベク語 tg タジク語"
              + " tk トルクメン語 ps パシュトー語 ku クルド語 ur ウルドゥー語 bn ベンガル語 ne ネパール語"
              + " ta タミル語 te テルグ語 si シンハラ語 dz ゾンカ語 bo チベット語 sw スワヒリ語 am アムハラ語"
              + " so ソマリ語 mt マルタ語 lb ルクセンブルク語 af アフリカーンス語 tl タガログ語 qu ケチュア語"
              + " sa サンスクリット eo エスペラント grc 古代ギリシア語 ja 日本語");

  private LanguageNames() {}

  private static Map<String, String> of(String codesAndNames) {
    var words = codesAndNames.split(" ");
    return Stream.iterate(0, i -> i < words.length, i -> i + 2)
        .collect(Collectors.toMap(i -> words[i], i -> words[i + 1]));
  }

  /**
   * What stands before a word of that language.
   *
   * @param code as it is in a template's name, for instance {@code de} or {@code zh-hans}
   * @param brief whether the one-letter name is asked, where there is one
   * @return empty for a language without a name here
   */
  static String before(String code, boolean brief) {
    var language = code.contains("-") ? code.substring(0, code.indexOf('-')) : code;
    var name = FULL.getOrDefault(language, "");
    name = brief ? SHORT.getOrDefault(language, name) : name;
    return name.isEmpty() ? "" : name + ": ";
  }
}
