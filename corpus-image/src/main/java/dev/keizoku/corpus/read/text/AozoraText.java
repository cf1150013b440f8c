package dev.keizoku.corpus.read.text;

import dev.keizoku.corpus.read.file.Document;
import java.util.regex.Pattern;

/**
 * A text as Aozora Bunko's volunteers type it: a head with title and author, an explanation of the
 * marks between two rules, the work with readings in 《》 and notes in ［＃］, and a colophon.
 *
 * <p>Source: https://www.aozora.gr.jp/annotation/
 */
final class AozoraText {
  private static final Pattern RULE = Pattern.compile("(?m)^-{20,}$");
  private static final Pattern COLOPHON = Pattern.compile("(?m)^底本[：:]");
  private static final Pattern GAIJI = Pattern.compile("※［＃([^］]*)］");
  private static final Pattern NOTE = Pattern.compile("［＃[^］]*］");
  private static final Pattern RUBY = Pattern.compile("《([^》\n]*)》");
  private static final int HEAD_CHARACTERS = 4000;

  private AozoraText() {}

  static boolean isAozora(String text) {
    var head = text.substring(0, Math.min(text.length(), HEAD_CHARACTERS));
    return head.contains("【テキスト中に現れる記号について】")
        || COLOPHON.matcher(text).find() && (head.contains("《") || text.contains("青空文庫"));
  }

  static Document read(String location, String text, boolean keepRuby) {
    var lines = text.split("\n", 3);
    var title = lines[0].strip();
    var author = lines.length > 1 ? lines[1].strip() : "";
    var work = plain(withoutHeadAndColophon(text), keepRuby);
    return Document.of(location, author.isEmpty() ? title : title + "（" + author + "）", work);
  }

  private static String withoutHeadAndColophon(String text) {
    int begin = 0;
    var rules = RULE.matcher(text);
    if (rules.find() && rules.start() < HEAD_CHARACTERS && rules.find()) {
      begin = rules.end();
    } else {
      // No explanation: the head ends at the first empty line.
      int blank = text.indexOf("\n\n");
      begin = blank >= 0 && blank < 200 ? blank : 0;
    }
    var colophon = COLOPHON.matcher(text);
    int end = colophon.find(begin) ? colophon.start() : text.length();
    return text.substring(begin, end);
  }

  private static String plain(String work, boolean keepRuby) {
    var characters = GAIJI.matcher(work).replaceAll(note -> JisCode.character(note.group(1)));
    var bare =
        RUBY.matcher(NOTE.matcher(characters).replaceAll("")).replaceAll(keepRuby ? "（$1）" : "");
    // What is left of it marks where a reading begins.
    return bare.replace("｜", "");
  }
}
