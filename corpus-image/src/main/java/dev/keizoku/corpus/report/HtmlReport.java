package dev.keizoku.corpus.report;

import static dev.keizoku.corpus.report.CorpusReport.number;

import dev.keizoku.storage.tokens.CorpusManifest;
import org.jsoup.nodes.Entities;

/** The page with the counts of a version. */
final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Corpus report</title>
      <style>
      body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}
      table{border-collapse:collapse;width:100%;margin:1em 0}
      th,td{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      code{font-size:90%;overflow-wrap:anywhere}
      </style></head><body>
      """;

  private HtmlReport() {}

  static String page(CorpusReport report) {
    var manifest = report.manifest();
    var html = new StringBuilder(HEAD);
    html.append("<h1>Corpus version <code>").append(manifest.version(), 0, 12);
    html.append("</code></h1>\n<table><tr><th></th><th class=n>documents</th>");
    html.append("<th class=n>characters</th><th class=n>tokens</th>");
    html.append("<th class=n>characters a token</th></tr>\n");
    split(html, "training", manifest.train());
    split(html, "held out", manifest.heldOut());
    html.append("</table>\n<h2>Sources</h2>\n<table><tr><th>source</th><th>licence</th>");
    html.append("<th class=n>read</th><th class=n>kept</th><th class=n>held out</th>");
    html.append("<th class=n>characters</th><th class=n>tokens</th><th>dropped</th></tr>\n");
    for (var source : manifest.provenance().sources()) {
      html.append("<tr>");
      cell(html, source.name());
      cell(html, CorpusReport.licence(source));
      count(html, source.read());
      count(html, source.kept());
      count(html, source.heldOut());
      count(html, source.characters());
      count(html, source.tokens());
      cell(html, CorpusReport.reasons(source.dropped()));
      html.append("</tr>\n");
    }
    html.append("</table>\n<h2>Dropped documents</h2>\n");
    html.append("<p>The first of each reason by id; all are in <code>dropped/</code>.</p>\n");
    html.append("<table><tr><th>reason</th><th>source</th><th>where</th><th>begins</th></tr>\n");
    for (var sample : report.samples()) {
      html.append("<tr>");
      cell(html, sample.reason());
      cell(html, sample.source());
      cell(html, sample.location());
      cell(html, sample.beginning());
      html.append("</tr>\n");
    }
    return html.append("</table>\n</body></html>\n").toString();
  }

  private static void split(StringBuilder html, String name, CorpusManifest.Split split) {
    html.append("<tr>");
    cell(html, name);
    count(html, split.documents());
    count(html, split.characters());
    count(html, split.tokens());
    double ratio = split.tokens() == 0 ? 0 : (double) split.characters() / split.tokens();
    html.append("<td class=n>").append("%.2f".formatted(ratio)).append("</td></tr>\n");
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(Entities.escape(text)).append("</td>");
  }

  private static void count(StringBuilder html, long value) {
    html.append("<td class=n>").append(number(value)).append("</td>");
  }
}
