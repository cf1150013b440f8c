package dev.keizoku.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.page.chart.BarChart;
import dev.keizoku.page.chart.IntervalPlot;
import dev.keizoku.page.chart.LineChart;
import dev.keizoku.page.chart.Marks;
import dev.keizoku.page.chart.Scale;
import dev.keizoku.page.chart.Series;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String HOSTILE = "</style></script><img src=x onerror=\"alert('円')\">{x}";

  /** What the test's template shows. */
  public record Everything(Table table, LineChart curves, BarChart bars, IntervalPlot intervals) {}

  private static Everything everything(String name) {
    var points = new TreeMap<Long, Double>();
    for (long step = 1; step <= 300; step++) {
      points.put(step, 2001.4 / step);
    }
    return new Everything(
        new Table(name).text(name).number(name, name).row(Cell.of(name), Cell.count(1234)),
        new LineChart(
            name,
            name,
            Scale.Kind.RATIO,
            List.of(new Series(name, points), new Series("few", new TreeMap<>(Map.of(10L, 100.0)))),
            List.of(new Marks(name, List.of(20L, 40L)), new Marks("never", List.of()))),
        new BarChart(
            name,
            name,
            List.of(name, "b"),
            List.of(new BarChart.Bar(name, List.of(1.5, 3.0), name))),
        new IntervalPlot(
            name, List.of(new IntervalPlot.Row(name, -0.011, 0.037, 0.085, "noise", name))));
  }

  private static byte[] bytes(String name) {
    return new Page(name, name)
        .withCurves()
        .fact(name, name)
        .fact("nothing", null)
        .render("page/everything.html", everything(name));
  }

  private static Document page(String name) {
    return Jsoup.parse(new String(bytes(name), StandardCharsets.UTF_8));
  }

  @Test
  void thePolicyAllowsItsOwnStyleAndScriptOnly() throws Exception {
    var page = page("run");
    var policy =
        page.selectFirst("head > meta[http-equiv=Content-Security-Policy]").attr("content");
    assertThat(policy)
        .startsWith("default-src 'none'; ")
        .contains("style-src '" + hash(page, "style") + "'")
        .contains("script-src '" + hash(page, "script") + "'")
        .doesNotContain("unsafe", "*", "http");
    // Neither hash would allow these.
    assertThat(page.select("[style], [onclick], [onload], [onerror]")).isEmpty();
  }

  private static String hash(Document page, String element) throws Exception {
    assertThat(page.select(element)).hasSize(1);
    var text = page.selectFirst(element).data();
    assertThat(text).isNotBlank();
    var digest = MessageDigest.getInstance("SHA-256");
    return "sha256-"
        + Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void thePageNeedsNothingElse() {
    var page = page("run");
    assertThat(page.select("[src], a, iframe, object, form")).isEmpty();
    assertThat(page.select("[href]").eachAttr("href")).allMatch(link -> link.startsWith("data:"));
    assertThat(page.selectFirst("style").data()).doesNotContain("@import", "url(");
  }

  @Test
  void textIsTextWhereverItStands() {
    var page = page(HOSTILE);
    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("script, style")).hasSize(2);
    assertThat(page.title()).contains(HOSTILE);
    for (var place :
        List.of(
            "h1",
            ".kind",
            "dt",
            "dd",
            "caption",
            "th.t",
            "th.n small",
            "td.t",
            "figcaption",
            ".legend b",
            ".bars .name",
            ".bars .value")) {
      assertThat(page.select(place).eachText()).as(place).anyMatch(text -> text.contains(HOSTILE));
    }
    assertThat(page.select("dt")).hasSize(1);
  }

  @Test
  void theSameContentGivesTheSameBytesInEveryLocale() {
    var before = Locale.getDefault();
    var plain = bytes("run");
    try {
      for (var tag : List.of("de-DE", "ar-EG-u-nu-arab", "ja-JP-u-ca-japanese")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(Arrays.equals(bytes("run"), plain)).as(tag).isTrue();
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void drawingsHaveNumbersThatSvgReads() {
    var page = page("run");
    var places = page.select("svg [d]").eachAttr("d");
    assertThat(places).isNotEmpty().allMatch(d -> d.matches("([MLHVh][-0-9. ]+)*"));
    var number = Pattern.compile("-?[0-9]+(\\.[0-9]+)?%?");
    for (var attribute : List.of("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width")) {
      assertThat(page.select("svg [" + attribute + "]").eachAttr(attribute))
          .as(attribute)
          .isNotEmpty()
          .allMatch(value -> number.matcher(value).matches());
    }
  }

  @Test
  void curvesReadWithoutScript() {
    var figure = page("run").selectFirst("figure.curves");
    assertThat(figure.select(".still .rows text").eachText())
        .containsExactly("5", "10", "20", "50", "100", "200", "500", "1,000", "2,000", "5,000");
    assertThat(figure.select(".still .columns text").eachText())
        .containsExactly("0", "100", "200", "300");
    assertThat(figure.selectFirst("figcaption").text()).isEqualTo("run run, logarithmic");
    // The single point is a dot; of many there are none.
    assertThat(figure.select(".still .dots")).hasSize(1);
    assertThat(figure.select(".legend li").eachText())
        .containsExactly(
            "run 2,001 at step 1, 6.671 at step 300, between 6.671 and 2,001",
            "few 100 at step 10, 100 at step 10, between 100 and 100",
            "run steps 20; 40");
    assertThat(figure.select("details tbody tr")).hasSize(9);
    assertThat(figure.select("details tbody tr").first().text()).isEqualTo("1 2,001");
    assertThat(figure.select("details tbody tr").last().text()).isEqualTo("300 6.671");
  }

  @Test
  void onPaperAllIsUnfoldedAndTheStillPicturesAreShown() {
    var page = page("run");
    var style = page.selectFirst("style").data();
    var print = style.substring(style.lastIndexOf("@media print"));
    assertThat(print)
        .contains("details::details-content { content-visibility: visible")
        .contains(".drawn .live { display: none; }", ".drawn .still { display: grid; }")
        .contains("color-scheme: light;");
    assertThat(page.selectFirst("script").data()).contains("beforeprint", "afterprint");
  }

  @Test
  void aPageWithoutCurvesLeavesThePlottingLibraryOut() {
    var report = everything("run");
    var page = new Page("kind", "title").render("page/everything.html", report);
    var with = bytes("run");
    assertThat(with).hasSizeBetween(60_000, 120_000);
    assertThat(page).hasSizeLessThan(with.length - 45_000);
    assertThat(new String(with, StandardCharsets.UTF_8))
        .contains("The MIT License (MIT)", "Leon Sorokin");
  }

  @Test
  void aRowHasACellForEachColumn() {
    var table = new Table("scores").label("task").number("score", "");
    assertThatThrownBy(() -> table.row(Cell.of("fp2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells in a table of 2 columns: scores");
  }

  @Test
  void aMinusIsAMinus() {
    assertThat(Cell.number(Numbers.signed(-0.5, 2)).text()).isEqualTo("\u22120.50");
    assertThat(Cell.number("n/a").text()).isEqualTo("n/a");
  }

  @Test
  void aPageIsInItsLanguageAndSaysItsWords() {
    Words words = (key, values) -> key + "(" + String.join("|", values) + ")";
    var page = new Page("kind", "<b>").in("ja", words).render("page/words.html", Map.of("n", 5));
    var html = Jsoup.parse(new String(page, StandardCharsets.UTF_8));
    assertThat(html.selectFirst("html").attr("lang")).isEqualTo("ja");
    assertThat(html.select("p.said").eachText())
        .containsExactly("plain()", "told(<b>|5)", "given()");
  }

  @Test
  void aPageWithoutWordsHasNoneToSay() {
    assertThatThrownBy(() -> new Page("kind", "x").render("page/words.html", Map.of("n", 5)))
        .hasStackTraceContaining("nor msg:plain");
  }
}
