package dev.keizoku.corpus.report;

import dev.keizoku.corpus.report.CorpusReport.Sample;
import dev.keizoku.corpus.report.CorpusReport.Taken;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Page;
import dev.keizoku.page.Table;
import dev.keizoku.page.chart.BarChart;
import dev.keizoku.page.chart.BarChart.Bar;
import dev.keizoku.storage.tokens.CorpusManifest;
import dev.keizoku.storage.tokens.CorpusManifest.SourceCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What {@code report/corpus.html} shows. */
final class CorpusPage {
  private static final List<String> ONE_PART = List.of("");
  private static final List<String> FATES =
      List.of(
          "for training",
          "held out",
          "duplicates",
          "fell by a rule",
          "could not be read",
          "in an earlier version");

  private final CorpusReport report;
  private final CorpusManifest manifest;

  CorpusPage(CorpusReport report) {
    this.report = report;
    this.manifest = report.manifest();
  }

  byte[] html() {
    var tokenizer = manifest.tokenizer();
    return new Page("Corpus", "Corpus version " + manifest.version().substring(0, 12))
        .fact("Version", manifest.version())
        .fact("Built by", manifest.tool())
        .fact(
            "Tokenizer",
            "%s, %s ids, sha256:%s"
                .formatted(
                    tokenizer.uri(), Numbers.count(tokenizer.vocabSize()), tokenizer.sha256()))
        .render("report/corpus.html", this);
  }

  /** What is in the version. */
  public Table splits() {
    return new Table("What is in it")
        .label("")
        .number("documents", "")
        .number("characters", "")
        .number("tokens", "")
        .number("characters a token", "")
        .row(split("training", manifest.train()), false)
        .row(split("held out", manifest.heldOut()), false);
  }

  private static List<Cell> split(String name, CorpusManifest.Split split) {
    double ratio = split.tokens() == 0 ? 0 : (double) split.characters() / split.tokens();
    return List.of(
        Cell.of(name),
        Cell.count(split.documents()),
        Cell.count(split.characters()),
        Cell.count(split.tokens()),
        Cell.number(Numbers.fixed(ratio, 2)));
  }

  /** How many documents were left after each stage. */
  public BarChart stages() {
    var fates = Fates.of(rows());
    long all = fates.read();
    long readable = all - fates.unread();
    long passed = readable - fates.ruled();
    var bars = new ArrayList<Bar>();
    bars.add(bar("found", all, all));
    bars.add(bar("could be read", readable, all));
    bars.add(bar("left by the rules", passed, all));
    if (fates.earlier() > 0) {
      bars.add(bar("not in an earlier version", passed - fates.earlier(), all));
    }
    bars.add(bar("left without duplicates", fates.kept(), all));
    bars.add(bar("for training", manifest.train().documents(), all));
    bars.add(bar("held out", manifest.heldOut().documents(), all));
    return new BarChart("What became of the documents", "documents", ONE_PART, bars);
  }

  /** Which source the tokens are from. */
  public BarChart tokenShares() {
    long all = rows().stream().mapToLong(SourceCount::tokens).sum();
    var bars = rows().stream().map(row -> bar(row.name(), row.tokens(), all)).toList();
    return new BarChart("Tokens by source", "tokens", ONE_PART, bars);
  }

  /** What became of each source. */
  public Table sources() {
    var table =
        new Table("Where the documents are from and what became of them")
            .text("source")
            .text("licence")
            .number("read", "documents")
            .number("kept", "documents")
            .number("held out", "documents")
            .number("duplicates", "of what passed")
            .number("characters", "")
            .number("tokens", "")
            .text("dropped");
    for (var source : rows()) {
      table.row(
          Cell.of(source.name()).noted(source.uri()),
          Cell.of(CorpusReport.licence(source)),
          Cell.count(source.read()),
          Cell.count(source.kept()),
          Cell.count(source.heldOut()),
          Cell.number(Numbers.percent(Fates.of(source).duplicateShare(), 1)),
          Cell.count(source.characters()),
          Cell.count(source.tokens()),
          Cell.of(CorpusReport.reasons(source.dropped())));
    }
    return table;
  }

  /** The stages of each source, as shares of its own documents: a small source is seen too. */
  public BarChart documentsBySource() {
    var bars = new ArrayList<Bar>();
    for (var source : rows()) {
      var fates = Fates.of(source);
      var parts =
          LongStream.of(
              fates.kept() - fates.heldOut(),
              fates.heldOut(),
              fates.duplicates(),
              fates.ruled(),
              fates.unread(),
              fates.earlier());
      double percent = 100.0 / Math.max(1, fates.read());
      bars.add(
          new Bar(
              source.name(),
              parts.mapToObj(part -> part * percent).toList(),
              Numbers.count(source.read())));
    }
    return new BarChart(
        "What became of each source's documents",
        "% of its documents; behind the bar how many",
        FATES,
        bars);
  }

  /** How long the documents are. */
  public BarChart lengths() {
    return report.histograms().lengths();
  }

  /** When they were published. */
  public BarChart years() {
    return report.histograms().years();
  }

  /** How many documents are alike. */
  public BarChart clusters() {
    return report.histograms().clusters();
  }

  /** Why documents were dropped, the most frequent reason first. */
  public BarChart reasons() {
    var dropped = manifest.provenance().dropped();
    long all = dropped.values().stream().mapToLong(Long::longValue).sum();
    var bars =
        dropped.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(reason -> bar(reason.getKey(), reason.getValue(), all))
            .toList();
    return new BarChart("Dropped documents by reason", "documents", ONE_PART, bars);
  }

  /** Beginnings of dropped documents. */
  public Table samples() {
    var table =
        new Table("Some dropped documents")
            .label("reason")
            .text("source")
            .text("where")
            .text("why")
            .text("begins");
    var byReason =
        report.examples().dropped().stream().sorted(Comparator.comparing(Sample::reason)).toList();
    for (var sample : byReason) {
      table.row(
          Cell.of(sample.reason()),
          Cell.of(sample.source()),
          Cell.of(sample.location()),
          Cell.of(sample.why()),
          Cell.of(sample.beginning()));
    }
    return table;
  }

  /** What was found of benchmarks; null where none was looked for. */
  public Table benchmarks() {
    var decontamination = manifest.provenance().decontamination();
    if (decontamination == null) {
      return null;
    }
    var table =
        new Table("Questions of benchmarks in the documents")
            .label("benchmark")
            .number("questions", "")
            .number("found", "questions")
            .number("documents", "that hold one")
            .text("what became of these");
    for (var hits : decontamination.benchmarks()) {
      table.row(
          Cell.of(hits.name()),
          Cell.count(hits.questions()),
          Cell.count(hits.found().size()),
          Cell.count(hits.documents()),
          Cell.of(hits.documents() == 0 ? "" : fate(decontamination.onHit())));
    }
    return table;
  }

  private static String fate(String onHit) {
    return switch (onHit) {
      case "Drop" -> "left out";
      case "Cut" -> "these lines were taken out";
      default -> "they stay";
    };
  }

  /** What was taken out of documents that stay. */
  public Table paragraphs() {
    var table =
        new Table("Lines and paragraphs taken out of documents that stay")
            .label("source")
            .text("rule")
            .number("how many", "");
    for (var source : rows()) {
      source
          .paragraphs()
          .forEach(
              (rule, count) -> table.row(Cell.of(source.name()), Cell.of(rule), Cell.count(count)));
    }
    return table;
  }

  /** Some of it. */
  public Table taken() {
    return taken("The first of these lines", "rule", report.examples().lines());
  }

  /** Some of the questions, where they stand. */
  public Table questions() {
    return taken("Where the first of them stand", "question", report.examples().questions());
  }

  private static Table taken(String title, String label, List<Taken> rows) {
    var table = new Table(title).label(label).text("source").text("where").text("begins");
    for (var row : rows) {
      table.row(
          Cell.of(row.rule()), Cell.of(row.source()), Cell.of(row.location()), Cell.of(row.text()));
    }
    return table;
  }

  /** What could not be read. */
  public Table rejected() {
    return report.unread().rejectedRows();
  }

  /** Files that no reader took. */
  public Table leftOut() {
    return report.unread().leftOutRows();
  }

  /** Where it stands what the stages took. */
  public String times() {
    return TimeReport.linkFrom(manifest.version());
  }

  private List<SourceCount> rows() {
    return manifest.provenance().sources();
  }

  private static Bar bar(String name, long value, long all) {
    var share = all == 0 ? "" : " (" + Numbers.percent((double) value / all, 1) + ")";
    return Bar.of(name, value, Numbers.count(value) + share);
  }
}
