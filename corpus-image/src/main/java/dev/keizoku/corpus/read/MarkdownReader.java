package dev.keizoku.corpus.read;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Markdown: headings, lists, tables and emphasis become plain lines, links their text. */
final class MarkdownReader implements FormatReader {
  private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\n.*?\n---\n", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>\n]{0,500}>");
  private static final Pattern IMAGE = Pattern.compile("!\\[([^\\]\n]*)\\]\\([^()\n]*\\)");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]\n]*)\\]\\([^()\n]*\\)");
  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*\\*\\*|\\*\\*|\\*|__|`)(\\S|\\S[^\n]*?\\S)\\1");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern RULE =
      Pattern.compile("^\\s*([-*_]\\s*){3,}$|^\\s*```.*$|^[|:\\- ]*-{3}[|:\\- ]*$");
  private static final Pattern MARKER = Pattern.compile("^\\s*(?:[-*+]|>|\\d{1,3}\\.)\\s+");

  /** Lines that begin what converters of law texts append. */
  private static final Pattern APPENDIX =
      Pattern.compile("(?m)^(?:## この法令を参照している法令|\\*Generated from ).*");

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(
        () -> {
          var text = TextDecoder.decode(bytes, options.encoding()).replace("\r\n", "\n");
          return Document.of(file.location(), title(text, file.stem()), plain(text));
        });
  }

  private static String title(String text, String otherwise) {
    return text.lines()
        .map(HEADING::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(heading -> inline(heading.group(1)))
        .findFirst()
        .orElse(otherwise);
  }

  static String plain(String markdown) {
    var body = COMMENT.matcher(FRONT_MATTER.matcher(markdown).replaceFirst("")).replaceAll("");
    var appendix = APPENDIX.matcher(body);
    if (appendix.find()) {
      body = body.substring(0, appendix.start());
    }
    var out = new StringBuilder();
    body.lines().forEach(line -> append(out, line));
    return out.toString();
  }

  private static void append(StringBuilder out, String line) {
    if (RULE.matcher(line).matches()) {
      return;
    }
    var heading = HEADING.matcher(line);
    var bare = heading.matches() ? heading.group(1) : MARKER.matcher(line).replaceFirst("");
    if (bare.startsWith("|") && bare.endsWith("|") && bare.length() > 1) {
      bare = bare.substring(1, bare.length() - 1).replaceAll("\\s*\\|\\s*", "\t");
    }
    var text = inline(bare);
    // A line that held nothing but an anchor leaves no empty line.
    if (!text.isBlank() || line.isBlank()) {
      out.append(text).append('\n');
    }
  }

  private static String inline(String line) {
    var text = LINK.matcher(IMAGE.matcher(TAG.matcher(line).replaceAll("")).replaceAll("$1"));
    var plain = EMPHASIS.matcher(text.replaceAll("$1")).replaceAll("$2");
    return Parser.unescapeEntities(plain, false);
  }
}
