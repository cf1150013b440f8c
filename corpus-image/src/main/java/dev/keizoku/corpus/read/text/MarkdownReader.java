package dev.keizoku.corpus.read.text;

import dev.keizoku.corpus.read.encoding.TextDecoder;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.markup.MarkdownText;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Markdown: headings, lists, tables and emphasis become plain lines, links their text. */
public final class MarkdownReader implements FormatReader {
  /** Keys with values between two lines of dashes; anything else there is text between rules. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\s*\n(?:(?:[\\w-]+:|[ \t#-]).*+\n|\n)*?---\\s*\n");

  /** Lines that begin what converters of law texts append. */
  private static final Pattern APPENDIX =
      Pattern.compile("(?m)^(?:## この法令を参照している法令|\\*Generated from ).*");

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(
        () -> document(file, TextDecoder.decode(bytes, options.encoding()).replace("\r\n", "\n")));
  }

  private static Document document(RawFile file, String markdown) {
    var body = FRONT_MATTER.matcher(markdown).replaceFirst("");
    var appendix = APPENDIX.matcher(body);
    var text = MarkdownText.of(appendix.find() ? body.substring(0, appendix.start()) : body);
    return Document.of(
        file.location(), text.title() == null ? file.stem() : text.title(), text.text());
  }
}
