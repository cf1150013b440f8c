package dev.keizoku.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.CorpusResult;
import dev.keizoku.contract.result.FinalReport;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The final report as a container's termination message. */
final class TerminationMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FEWER_ROWS = 4;
  private static final int FEWEST_ROWS = 1;

  private TerminationMessage() {}

  /**
   * The report as JSON of at most {@link FinalReport#MAX_BYTES} bytes: what is too long is
   * shortened in its message, and if that does not suffice, loses what a corpus' stages took and
   * its longer lists, or an evaluation's rows of tasks, the notes on its models, all overall rows
   * but the first, what its judge says, and then its result (which lies beside the artifact too),
   * never its reason.
   */
  static String encode(FinalReport report) {
    var json = json(report);
    var excess = bytes(json) - FinalReport.MAX_BYTES;
    if (excess <= 0) {
      return json;
    }
    var message = report.message() == null ? "" : report.message();
    var keep = message;
    while (excess > 0 && keep.length() > 200) {
      keep = keep.substring(0, Math.max(200, keep.length() - Math.max(1, excess)));
      excess = bytes(json(report.withMessage(keep + " ..."))) - FinalReport.MAX_BYTES;
    }
    var shortened = report.withMessage(keep.equals(message) ? message : keep + " ...");
    if (excess <= 0) {
      return json(shortened);
    }
    // A gate judges by the summaries: they go last.
    var scores = shortened.withoutTaskScores().withCorpus(CorpusResult::withoutStages);
    var summaries = scores.withoutNotes().withCorpus(corpus -> corpus.with(FEWER_ROWS));
    var first = summaries.withFirstOverall().withCorpus(corpus -> corpus.with(FEWEST_ROWS));
    return Stream.of(scores, summaries, first, first.withoutJudge())
        .map(TerminationMessage::json)
        .filter(fits -> bytes(fits) <= FinalReport.MAX_BYTES)
        .findFirst()
        .orElseGet(() -> json(shortened.withoutResult()));
  }

  private static int bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String json(FinalReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
