package dev.keizoku.corpus.report;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.CorpusResult.StageTime;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Page;
import dev.keizoku.page.Table;
import dev.keizoku.page.chart.BarChart;
import dev.keizoku.page.chart.BarChart.Bar;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.List;

/**
 * What the stages of a build took: {@code builds/VERSION/time.json} and a page of it. Beside the
 * versions and not in them, since of two builds of the same version only the times differ.
 *
 * @param version digest of the version
 * @param tool what built it
 * @param threads that worked
 * @param stages in their order, the whole program last
 */
public record TimeReport(String version, String tool, int threads, List<StageTime> stages) {

  /** Where the page lies, as seen from the folder of the version. */
  static String linkFrom(String version) {
    return "../../builds/" + version + "/time.html";
  }

  /** Writes both. */
  public void write(ObjectStore store, StoreUri output) {
    var folder = output.child("builds").child(version + "/");
    store.put(folder.child("time.json"), Json.bytes(this));
    store.put(folder.child("time.html"), html());
  }

  byte[] html() {
    return new Page("Corpus", "What the stages took, version " + version.substring(0, 12))
        .fact("Version", version)
        .fact("Built by", tool)
        .fact("Threads", Numbers.count(threads))
        .render("report/time.html", this);
  }

  /** Processor time of each stage; the last bar is the whole program. */
  public BarChart processor() {
    var bars =
        stages.stream()
            .map(
                stage ->
                    Bar.of(
                        stage.stage(),
                        stage.processorSeconds(),
                        Numbers.fixed(stage.processorSeconds(), 2)))
            .toList();
    return new BarChart("Processor time of the stages", "seconds", List.of(""), bars);
  }

  /** The same in numbers. */
  public Table table() {
    var table =
        new Table("What the stages took")
            .label("stage")
            .number("processor", "s")
            .number("from begin to end", "s")
            .number("documents", "")
            .number("documents", "a second of processor")
            .number("MB", "")
            .number("MB", "a second of processor");
    for (var stage : stages) {
      double megabytes = stage.bytes() / 1e6;
      table.row(
          Cell.of(stage.stage()),
          Cell.number(Numbers.fixed(stage.processorSeconds(), 2)),
          Cell.number(Numbers.fixed(stage.seconds(), 2)),
          Cell.count(stage.documents()),
          Cell.number(Numbers.significant(stage.documents() / stage.processorSeconds(), 3)),
          Cell.number(Numbers.fixed(megabytes, 2)),
          Cell.number(Numbers.significant(megabytes / stage.processorSeconds(), 3)));
    }
    return table;
  }
}
