package dev.keizoku.operator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.ProgressReport;
import java.util.Optional;

/**
 * Reads what programs say. A newer one may say more than this operator knows, and what is no report
 * at all (the log of a program that crashed, or of somebody else's) is none.
 */
public final class ProgramWords {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ProgramWords() {}

  /** The final report in a termination message; empty when it holds none. */
  public static Optional<FinalReport> finalReport(String message) {
    return read(message, FinalReport.class).filter(report -> report.runUid() != null);
  }

  /** The answer to {@code GET /progress}; empty when it is none. */
  static Optional<ProgressReport> progress(String body) {
    return read(body, ProgressReport.class)
        .filter(report -> report.runUid() != null && report.stage() != null);
  }

  private static <T> Optional<T> read(String text, Class<T> type) {
    if (text == null || !text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(text, type));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }
}
