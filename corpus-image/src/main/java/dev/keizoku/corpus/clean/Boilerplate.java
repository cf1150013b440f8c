package dev.keizoku.corpus.clean;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes lines out that belong to a page and not to its text: menus (every word of the line is one
 * of a menu, or it leads back), notices of copyright, advertisements (two phrases of them and no
 * sentence, or three and one in every 20 characters). Rows of tables are never boilerplate, and
 * lines that end a sentence never menus.
 */
public final class Boilerplate {
  private static final Pattern BETWEEN = Pattern.compile("[|｜/／・»›>＞≫▶►│┃●■□◆◇★☆\\[\\]【】\\s]+");

  private static final Set<String> MENU =
      Set.of(
          ("ホーム トップ トップページ HOME Home TOP Top 会社情報 会社概要 企業情報 企業概要 事業内容 採用情報 採用案内"
                  + " 投資家情報 IR情報 お問い合わせ お問合せ お問い合わせ先 サイトマップ ログイン ログアウト 新規登録 会員登録"
                  + " 無料会員登録 利用規約 ご利用規約 免責事項 個人情報保護方針 個人情報の取扱い プライバシーポリシー"
                  + " クッキーポリシー 特定商取引法に基づく表記 特定商取引法に基づく表示 よくある質問 よくあるご質問 ヘルプ"
                  + " メニュー MENU Menu English 日本語 中文 한국어 RSS ニュースリリース ページトップ ページトップへ"
                  + " ページトップへ戻る ページの先頭へ ページの先頭へ戻る 本文へ 本文へ移動 本文へスキップ トップへ戻る"
                  + " トップページへ戻る 前へ 次へ 前のページ 次のページ 前の記事 次の記事 戻る 続きを読む もっと見る もっと読む"
                  + " 一覧へ 一覧へ戻る 一覧を見る 記事一覧 詳細はこちら 詳しくはこちら シェア シェアする この記事をシェア"
                  + " この記事をシェアする ツイート ツイートする ポスト いいね いいね！ はてなブックマーク ブックマーク フォロー"
                  + " フォローする Facebook Twitter LINE Instagram YouTube 印刷 印刷する 印刷用ページ 関連記事 関連リンク"
                  + " 人気記事 おすすめ記事 アクセスランキング 人気ランキング カテゴリー カテゴリ一覧 アーカイブ PR 広告"
                  + " スポンサーリンク スポンサードリンク サイト内検索 閉じる カートを見る 買い物かご お気に入り マイページ"
                  + " 文字サイズ コメントを書く コメントする コメントはありません トラックバック")
              .split(" "));

  /** Links back to where the page stands. */
  private static final Pattern BACK =
      Pattern.compile(
          "\\W{0,3}[^。、]{0,20}(?:、[^。、]{0,12})?"
              + "(?:ページ|トップ|ホーム|(?i:home|top)|一覧|目次|先頭|冒頭|メニュー|サイト|画面|検索結果|前|等)(?:へ|に)"
              + "(?:戻る|もどる)\\W{0,3}");

  private static final Pattern COPYRIGHT =
      Pattern.compile(
          "(?i)^\\W{0,3}(copyright\\b|©|ⓒ|\\(c\\)\\s*(19|20)\\d\\d(?![年/.\\d])).{0,160}$"
              + "|^.{0,160}all rights reserved.{0,20}$"
              + "|^.{0,40}(無断転載|転載・複製|無断複写).{0,20}禁(じ|止).{0,10}$");

  private static final List<String> ADVERTISING =
      List.of(
          "送料無料",
          "ポイント還元",
          "今すぐ",
          "無料登録",
          "無料会員",
          "クリック",
          "期間限定",
          "激安",
          "最安値",
          "お買い得",
          "全品",
          "クーポン",
          "資料請求",
          "無料体験",
          "無料相談",
          "お申し込みはこちら",
          "お申込みはこちら",
          "こちらから",
          "キャンペーン中",
          "タイムセール",
          "％OFF",
          "%OFF",
          "％オフ",
          "%オフ",
          "限定価格",
          "ご購入はこちら",
          "会員限定",
          "プレゼント中",
          "お得な");

  private static final int LONGEST_MENU = 200;
  private static final int LONGEST_ADVERTISEMENT = 120;

  /** All the phrases there are, as thin as they may stand. */
  private static final int LONGEST_PARAGRAPH = 600;

  private static final int PHRASES_OF_LINE = 2;
  private static final int PHRASES_OF_PARAGRAPH = 3;
  private static final int CHARACTERS_OF_PHRASE = 20;

  private Boilerplate() {}

  /**
   * A text without its boilerplate.
   *
   * @param text what is left
   * @param removed code points that were taken out
   * @param first the first line of those; empty where there is none
   */
  public record Rest(String text, int removed, String first) {
    /** A text of which nothing goes. */
    public static Rest whole(String text) {
      return new Rest(text, 0, "");
    }
  }

  /** The text without such lines. */
  public static Rest remove(String text) {
    StringBuilder left = null;
    int removed = 0;
    var first = "";
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      var line = text.substring(from, end);
      if (isBoilerplate(line)) {
        left = left == null ? new StringBuilder(text.substring(0, from)) : left;
        removed += line.codePointCount(0, line.length());
        first = first.isEmpty() ? line : first;
      } else if (left != null) {
        left.append(text, from, Math.min(end + 1, text.length()));
      }
      from = end + 1;
    }
    return left == null
        ? Rest.whole(text)
        : new Rest(left.toString().replaceAll("\n{3,}", "\n\n").strip(), removed, first);
  }

  private static boolean isBoilerplate(String line) {
    // A row of a table is none, whatever its cells say.
    if (line.isEmpty() || line.indexOf('\t') >= 0) {
      return false;
    }
    boolean sentence = line.indexOf('。') >= 0;
    return sentence
        ? isAdvertisingParagraph(line)
        : line.length() <= LONGEST_MENU
            && (isMenu(line)
                || isAdvertisement(line)
                || mayLeadBack(line) && BACK.matcher(line).matches()
                || COPYRIGHT.matcher(line).matches());
  }

  /** What leads back ends in this letter and three others at most, of two characters each. */
  private static boolean mayLeadBack(String line) {
    return line.indexOf('る', Math.max(0, line.length() - 7)) >= 0;
  }

  private static boolean isMenu(String line) {
    boolean any = false;
    for (var word : BETWEEN.split(line)) {
      if (!word.isEmpty() && !MENU.contains(word)) {
        return false;
      }
      any |= !word.isEmpty();
    }
    return any;
  }

  private static boolean isAdvertisement(String line) {
    return line.length() <= LONGEST_ADVERTISEMENT && phrases(line) >= PHRASES_OF_LINE;
  }

  /** Sentences of little else: a report that speaks of such words says more between them. */
  private static boolean isAdvertisingParagraph(String line) {
    return line.length() <= LONGEST_PARAGRAPH
        && phrases(line) >= Math.max(PHRASES_OF_PARAGRAPH, line.length() / CHARACTERS_OF_PHRASE);
  }

  private static int phrases(String line) {
    int found = 0;
    for (var phrase : ADVERTISING) {
      found += line.contains(phrase) ? 1 : 0;
    }
    return found;
  }
}
