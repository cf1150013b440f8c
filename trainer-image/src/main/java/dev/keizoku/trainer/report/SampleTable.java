package dev.keizoku.trainer.report;

import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the model wrote after each prompt, side by side by step. */
final class SampleTable {
  private static final int COLUMNS = 5;

  private final SampleLog samples;

  SampleTable(SampleLog samples) {
    this.samples = samples;
  }

  /** A row a prompt, a column a step. */
  Table table() {
    var shown = shown();
    var table = new Table("What the model wrote after each prompt").text("prompt");
    shown.forEach(step -> table.text("step " + Numbers.count(step)));
    samples
        .byPrompt()
        .forEach(
            (prompt, texts) -> {
              var cells = new ArrayList<>(List.of(Cell.of(prompt)));
              shown.forEach(step -> cells.add(Cell.of(texts.getOrDefault(step, ""))));
              table.row(cells, false);
            });
    return table;
  }

  /** Where the other steps are; empty when all are shown. */
  String note() {
    int all = samples.steps().size();
    return shown().size() < all ? "All " + Numbers.count(all) + " steps are in samples.jsonl." : "";
  }

  // The first, the last, and between them as evenly as may be.
  private List<Long> shown() {
    var steps = samples.steps();
    if (steps.size() <= COLUMNS) {
      return steps;
    }
    var chosen = new TreeSet<Long>();
    for (var column = 0; column < COLUMNS; column++) {
      chosen.add(steps.get(Math.round((float) column * (steps.size() - 1) / (COLUMNS - 1))));
    }
    return new ArrayList<>(chosen);
  }
}
