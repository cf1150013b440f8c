package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.End;
import dev.keizoku.contract.result.EvalResult.Ends;
import dev.keizoku.contract.result.EvalResult.Judged;
import dev.keizoku.contract.result.EvalResult.ModelNotes;
import dev.keizoku.contract.result.EvalResult.Prompts;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.contract.result.EvalResult.Summary;
import dev.keizoku.contract.result.FinalReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TerminationMessageTest {
  private static final List<String> TASKS =
      List.of("chabsa", "cma_basics", "cpa_audit", "fp2", "security_sales_1");

  @Test
  void longMessagesAreShortenedAndTheResultKept() throws IOException {
    var report = report("金融".repeat(3000), eval(2));
    var written = written(report);
    assertThat(written.eval()).isEqualTo(report.eval());
    assertThat(written.message()).startsWith("金融").endsWith(" ...");
  }

  @Test
  void whatAGateNeedsOfEightCandidatesIsAlwaysTold() throws IOException {
    var scores = new ArrayList<Score>();
    var overall = new ArrayList<Score>();
    var summaries = new ArrayList<Summary>();
    var notes = new ArrayList<ModelNotes>();
    var judged = new ArrayList<Judged>();
    for (var i = 0; i < 9; i++) {
      var name = i + "n".repeat(62);
      notes.add(new ModelNotes(name, 8691, 8691, 8691L));
      if (i > 0) {
        overall.add(score("overall", "mean", name));
        summaries.add(summary(name));
        judged.add(new Judged(name, 8691, 8691, 8691, 8691, 8691, 8691, 0.123456));
        TASKS.forEach(task -> scores.add(score(task, "acc", name)));
      }
    }
    var report =
        report(
            "金融".repeat(3000),
            new EvalResult(scores, overall, 0.05, summaries, "bfloat16", notes, judged));
    var written = written(report);
    assertThat(written.eval().scores()).isNull();
    assertThat(written.eval().overall()).isEqualTo(overall.subList(0, 1));
    assertThat(written.eval().summaries()).isEqualTo(summaries);
    assertThat(written.eval().alpha()).isEqualTo(0.05);
    assertThat(written.eval().judge()).isNull();
  }

  @Test
  void aResultThatDoesNotFitIsLeftToTheArtifact() throws IOException {
    var rows = Collections.nCopies(100, score("overall", "mean", "tuned"));
    var written =
        written(
            report(
                "Done.",
                new EvalResult(List.of(), rows, 0.05, summaries(40), "float32", List.of(), null)));
    assertThat(written.eval()).isNull();
    assertThat(written.reason()).isEqualTo("Completed");
    assertThat(written.message()).isEqualTo("Done.");
  }

  @Test
  void aCorpusOfManySourcesLosesRowsNeverItsCounts() throws IOException {
    var source = "s".repeat(63);
    var dropped = new TreeMap<String, Long>();
    for (var i = 0; i < 24; i++) {
      dropped.put("duplicateParagraphLetters" + i, 1_000_000L);
    }
    var corpus =
        new CorpusResult(
            "a".repeat(64),
            8_100_000,
            370_000_000,
            1000,
            50_000,
            dropped,
            "b".repeat(64),
            Collections.nCopies(8, new CorpusResult.Rejected(source, "wrongEncoding", 12_345)),
            Collections.nCopies(8, new CorpusResult.LeftOut(source, "extension", 12_345)),
            "w".repeat(400),
            Collections.nCopies(8, new CorpusResult.Duplicates(source, 12_345, 0.123456789)),
            Collections.nCopies(8, new CorpusResult.BenchmarkFound(source, 1000, 100, 10_000)),
            Collections.nCopies(
                8, new CorpusResult.RemovedParagraphs(source, "boilerplate", 1_000_000)),
            Collections.nCopies(
                11, new CorpusResult.StageTime("exactDuplicates", 1.25, 2.5, 100, 1000)));
    var report =
        FinalReport.of("uid", Reason.COMPLETED, "Done.")
            .with(new Artifact("s3://b", "c", 1L), corpus);
    var written = written(report).corpus();
    assertThat(written.dropped()).isEqualTo(dropped);
    assertThat(written.tokens()).isEqualTo(370_000_000);
    assertThat(written.rejected()).isNotEmpty();
    assertThat(written.paragraphs()).isNotEmpty();
    assertThat(written.stages()).as("they lie in time.json").isNull();
  }

  private static FinalReport written(FinalReport report) throws IOException {
    var json = TerminationMessage.encode(report);
    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    return new ObjectMapper().readValue(json, FinalReport.class);
  }

  private static FinalReport report(String message, EvalResult eval) {
    return new FinalReport("uid", "Completed", message, null, null, null, eval, null, null, null);
  }

  private static EvalResult eval(int rows) {
    var row = score("fp2", "acc", "tuned");
    return new EvalResult(
        Collections.nCopies(rows, row),
        List.of(row),
        0.05,
        summaries(1),
        "float32",
        List.of(),
        null);
  }

  private static List<Summary> summaries(int candidates) {
    return Collections.nCopies(candidates, summary("tuned"));
  }

  private static Summary summary(String name) {
    return new Summary(
        name,
        false,
        0.112345,
        -0.112345,
        0.412345,
        new End("security_sales_1", -0.212345),
        new End("security_sales_1", 0.112345),
        new Ends(-0.112345, 0.112345),
        new Prompts(9, 2, -0.112345, 0.212345));
  }

  private static Score score(String task, String metric, String candidate) {
    return new Score(task, metric, candidate, 0.254321, 0.512345, -0.258024, -0.112345, 0.4, 8691);
  }
}
