package dev.keizoku.corpus.read.markup;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/**
 * The text of Markdown as the reader of its page sees it: a line of the source is a line, rows of a
 * table are lines with tabs, list items keep the numbers that their author gave them. What the page
 * would not show but is text stays: the cells of a row that is longer than its table's head, and
 * notes that look like the address of a link.
 *
 * <p>Source: CommonMark 0.31.2, and GitHub Flavored Markdown for tables and footnotes. Emphasis
 * begins and ends at Japanese punctuation too, which CommonMark does not take for the border of a
 * word ({@code **「預金」**とは}).
 */
public final class MarkdownText {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), FootnotesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();

  /** Neither punctuation nor white space to the parser, and nothing to a reader. */
  private static final String WORD_JOINER = "\u2060";

  private static final String PUNCTUATION = "[[\\p{P}\\p{S}]&&[^\\p{ASCII}]]";
  private static final Pattern BORDER =
      Pattern.compile("(?<=%1$s|[)\\]%%])(?=\\*)|(?<=\\*)(?=%1$s|[(\\[])".formatted(PUNCTUATION));

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}[.)]");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern ADDRESS = Pattern.compile("[/.#:@]");
  private static final Pattern LINE_BREAK = Pattern.compile("(?i)<br\\s*/?>");
  private static final Pattern READING = Pattern.compile("(?i)<(/?)r[tp]>");

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private String title;
  private int lineBefore = -1;
  private int headingStart;
  private boolean inReading;

  private MarkdownText(String source) {
    this.source = source;
  }

  /** Reads Markdown whose lines end in LF. */
  public static MarkdownText of(String markdown) {
    var text = new MarkdownText(BORDER.matcher(markdown).replaceAll(WORD_JOINER));
    text.walk(PARSER.parse(text.source));
    return text;
  }

  /** The first heading, or null. */
  public String title() {
    return title;
  }

  /** Lines that end in LF. */
  public String text() {
    return out.toString();
  }

  /** Not by recursion: markup may be nested as deep as a file is long. */
  private void walk(Node root) {
    for (var node = root; node != null; ) {
      enter(node);
      var next = node.getFirstChild();
      while (next == null && node != null) {
        leave(node);
        next = node == root ? null : node.getNext();
        if (next == null) {
          node = node == root ? null : node.getParent();
        }
      }
      node = next;
    }
  }

  private void enter(Node node) {
    switch (node) {
      case Text text -> append(text.getLiteral());
      case Code code -> append(code.getLiteral());
      case SoftLineBreak ignored -> out.append('\n');
      case HardLineBreak ignored -> out.append('\n');
      case HtmlInline html -> inline(html.getLiteral());
      case FootnoteReference reference -> append("[" + reference.getLabel() + "]");
      case TableCell cell -> out.append(cell.getPrevious() == null ? "" : "\t");
      case Block block -> begin(block);
      default -> {}
    }
  }

  private void begin(Block block) {
    switch (block) {
      case Paragraph ignored -> beginLine(block);
      case TableBlock ignored -> beginLine(block);
      case Heading heading -> {
        beginLine(block);
        out.append("#".repeat(heading.getLevel())).append(' ');
        headingStart = out.length();
      }
      case FencedCodeBlock code -> lines(code, code.getLiteral());
      case IndentedCodeBlock code -> lines(code, code.getLiteral());
      case HtmlBlock html -> lines(html, HtmlText.of(Jsoup.parse(whole(html.getLiteral())).body()));
      case LinkReferenceDefinition link -> lines(link, note(link));
      case FootnoteDefinition note -> {
        beginLine(block);
        append("[" + note.getLabel() + "] ");
      }
      case ListItem item -> {
        beginLine(block);
        append(number(item));
      }
      default -> {}
    }
  }

  private void leave(Node node) {
    switch (node) {
      case TableRow row -> {
        cellsBeyondTheHead(row);
        endLine();
      }
      case TableHead head -> endHead(head);
      case Heading ignored -> {
        title = title == null ? out.substring(headingStart).strip() : title;
        endLine();
      }
      case Block ignored -> endLine();
      default -> {}
    }
    if (node instanceof Block && !node.getSourceSpans().isEmpty()) {
      lineBefore = Math.max(lineBefore, node.getSourceSpans().getLast().getLineIndex());
    }
  }

  private void endHead(TableHead head) {
    var columns = new TableColumns();
    columns.beginRow();
    for (var cell = head.getFirstChild().getFirstChild(); cell != null; cell = cell.getNext()) {
      columns.beginCell("1", "1");
    }
    append(columns.rule());
    endLine();
  }

  /** A blank line where the source has one before the block. */
  private void beginLine(Block block) {
    var spans = block.getSourceSpans();
    if (!spans.isEmpty()) {
      int line = spans.getFirst().getLineIndex();
      if (line > lineBefore + 1 && out.length() > 1 && !out.substring(out.length() - 2).isBlank()) {
        out.append('\n');
      }
      lineBefore = Math.max(lineBefore, line);
    }
  }

  private void endLine() {
    inReading = false;
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }

  private void lines(Block block, String text) {
    if (!text.isBlank()) {
      beginLine(block);
      append(text);
      endLine();
    }
  }

  private void append(String text) {
    if (!inReading) {
      out.append(text.replace(WORD_JOINER, ""));
    }
  }

  private void inline(String tag) {
    var reading = READING.matcher(tag);
    if (reading.matches()) {
      inReading = reading.group(1).isEmpty();
    } else if (LINE_BREAK.matcher(tag).matches()) {
      out.append('\n');
    }
  }

  /** Rows and cells that a blank line cut off from their table are still that. */
  private static String whole(String html) {
    return html.stripLeading().startsWith("<t") ? "<table>" + html : html;
  }

  /** The number as it was written: a page would count on from the first. */
  private String number(ListItem item) {
    if (!(item.getParent() instanceof OrderedList) || item.getSourceSpans().isEmpty()) {
      return "";
    }
    var number = NUMBER.matcher(source);
    number.region(item.getSourceSpans().getFirst().getInputIndex(), source.length());
    return number.lookingAt() ? number.group() + " " : "";
  }

  /** {@code [注]: 単位は百万円} is a note; with an address behind the colon it is a link's target. */
  private static String note(LinkReferenceDefinition link) {
    return ADDRESS.matcher(link.getDestination()).find()
        ? ""
        : "[" + link.getLabel() + "]: " + link.getDestination();
  }

  private void cellsBeyondTheHead(TableRow row) {
    if (row.getSourceSpans().isEmpty()) {
      return;
    }
    var span = row.getSourceSpans().getFirst();
    var line = source.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
    var bare = line.strip();
    var cells = CELL_END.split(bare.startsWith("|") ? bare.substring(1) : bare);
    int shown = 0;
    for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      shown++;
    }
    for (int i = shown; i < cells.length; i++) {
      out.append('\t').append(of(cells[i].strip()).text().strip());
    }
  }
}
