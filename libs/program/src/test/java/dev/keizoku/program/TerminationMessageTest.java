package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.FinalReport.EvalResult;
import dev.keizoku.contract.result.FinalReport.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminationMessageTest {
  @Test
  void longMessagesAreShortenedAndTheResultKept() throws IOException {
    var report = report("金融".repeat(3000), eval(2));
    var written = written(report);
    assertThat(written.eval()).isEqualTo(report.eval());
    assertThat(written.message()).startsWith("金融").endsWith(" ...");
  }

  @Test
  void aResultThatDoesNotFitIsLeftToTheArtifact() throws IOException {
    var written = written(report("Done.", eval(100)));
    assertThat(written.eval()).isNull();
    assertThat(written.reason()).isEqualTo("Completed");
    assertThat(written.message()).isEqualTo("Done.");
  }

  private static FinalReport written(FinalReport report) throws IOException {
    var json = TerminationMessage.encode(report);
    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    return new ObjectMapper().readValue(json, FinalReport.class);
  }

  private static FinalReport report(String message, EvalResult eval) {
    return new FinalReport("uid", "Completed", message, null, null, null, eval, null, null);
  }

  private static EvalResult eval(int rows) {
    var row = new Score("fp2", "acc", "tuned", 0.25, 0.5, 0.25, 0.1, 0.4, 475);
    return new EvalResult(Collections.nCopies(rows, row), List.of());
  }
}
