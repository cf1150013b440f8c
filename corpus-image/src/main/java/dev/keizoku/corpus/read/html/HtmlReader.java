package dev.keizoku.corpus.read.html;

import dev.keizoku.corpus.read.encoding.PageEncoding;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.FormatReader;
import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.read.markup.HtmlText;
import dev.keizoku.corpus.read.markup.PageChrome;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.util.function.Consumer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** A web page: its main part without menus, headers and footers. */
public final class HtmlReader implements FormatReader {
  private static final double LEAST_MAIN_SHARE = 0.3;

  @Override
  public void read(RawFile file, ReadOptions options, Consumer<DocumentTask> documents)
      throws IOException {
    var bytes = file.bytes();
    documents.accept(
        () ->
            page(
                file.location(),
                file.stem(),
                PageEncoding.decode(bytes, options.encoding(), file.charset()),
                options.keepRuby()));
  }

  static Document page(String location, String stem, String html, boolean keepRuby)
      throws UnreadableFileException {
    var page = Jsoup.parse(html);
    if (keepRuby) {
      page.select("rt").forEach(rt -> rt.replaceWith(new TextNode("（" + rt.text() + "）")));
    }
    if (!html.contains("<")) {
      throw new UnreadableFileException(RejectReason.WRONG_FORMAT, "it is not HTML");
    }
    var title = page.title().strip();
    var body = page.body();
    PageChrome.removeFrom(body);
    var text = MainText.of(HtmlText.lines(main(body)));
    return Document.of(location, title.isEmpty() ? stem : title, text);
  }

  /** The element that says it is the main part, if it holds a good share of the page. */
  private static Element main(Element body) {
    var main = body.selectFirst("main, [role=main]");
    if (main == null) {
      var articles = body.select("article");
      main = articles.size() == 1 ? articles.first() : null;
    }
    boolean large = main != null && main.text().length() >= LEAST_MAIN_SHARE * body.text().length();
    return large ? main : body;
  }
}
