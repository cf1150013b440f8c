package dev.keizoku.eval.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** As lm-evaluation-harness' make_table writes the same results ({@code reference/tables.py}). */
class ResultsTableTest {

  @Test
  void resultsArePrintedAsTheReferenceDoes() throws IOException {
    int compared = 0;
    for (var golden : Golden.read("tables.json")) {
      var document = golden.get("document");
      assertThat(ResultsTable.of(document, document.get("results")))
          .isEqualTo(golden.get("table").textValue());
      compared++;
    }
    assertThat(compared).isEqualTo(3);
  }
}
