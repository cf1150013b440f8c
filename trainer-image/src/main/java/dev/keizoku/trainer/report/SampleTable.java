package dev.keizoku.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the model wrote after each prompt, side by side by step, as HTML text. */
final class SampleTable {
  private static final int COLUMNS = 5;

  private SampleTable() {}

  /** The table; empty text when nothing was written. */
  static String html(SampleLog samples) {
    if (samples.steps().isEmpty()) {
      return "";
    }
    var shown = shown(samples.steps());
    var table = new StringBuilder("<h2>Sample prompts</h2>");
    if (shown.size() < samples.steps().size()) {
      table.append("<p>All %d steps are in samples.jsonl.</p>".formatted(samples.steps().size()));
    }
    table.append("<div class=\"samples\"><table><tr><th>prompt");
    shown.forEach(step -> table.append("<th>step ").append(step));
    table.append("</tr>\n");
    samples
        .byPrompt()
        .forEach(
            (prompt, texts) -> {
              table.append("<tr><td>").append(Html.escape(prompt));
              for (var step : shown) {
                table.append("<td>").append(Html.escape(texts.getOrDefault(step, "")));
              }
              table.append("</tr>\n");
            });
    return table.append("</table></div>\n").toString();
  }

  // The first, the last, and between them as evenly as may be.
  private static List<Long> shown(List<Long> steps) {
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
