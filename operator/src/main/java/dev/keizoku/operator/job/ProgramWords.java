package dev.keizoku.operator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.result.ProgressReport.Notice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what programs say. A newer one may say more than this operator knows, and what is no report
 * at all (the log of a program that crashed, or of somebody else's) is none.
 */
public final class ProgramWords {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ProgramWords() {}

  private static final int WORD = 64;
  private static final int METRICS = 64;
  private static final int SENTENCE = 512;

  /** The final report in a termination message; empty when it holds none that is whole. */
  public static Optional<FinalReport> finalReport(String message) {
    return read(message, FinalReport.class)
        .filter(report -> report.runUid() != null)
        .filter(ProgramWords::isWhole);
  }

  /** Whether what the status is made from is there. */
  private static boolean isWhole(FinalReport report) {
    var artifact = report.artifact();
    var eval = report.eval();
    return (artifact == null || (artifact.uri() != null && artifact.sha256() != null))
        && (report.corpus() == null || report.corpus().version() != null)
        && (eval == null
            || (eval.overall() != null
                && eval.overall().stream().allMatch(s -> s != null && s.candidate() != null)));
  }

  /**
   * The answer to {@code GET /progress}; empty when it is none. It goes into the status every few
   * seconds, so what is longer than a word or more than a few numbers is cut.
   */
  static Optional<ProgressReport> progress(String body) {
    return read(body, ProgressReport.class)
        .filter(report -> report.runUid() != null && report.stage() != null)
        .filter(report -> report.step() >= 0)
        .map(ProgramWords::bounded);
  }

  private static ProgressReport bounded(ProgressReport said) {
    return new ProgressReport(
        said.runUid(),
        cut(said.stage(), WORD),
        said.step(),
        said.totalSteps(),
        cut(said.unit(), WORD),
        said.estimatedRemainingSeconds(),
        numbers(said.metrics()),
        said.lastCheckpointStep(),
        cut(said.lastUpdatedTime(), WORD),
        notices(said.notices()));
  }

  private static Map<String, Double> numbers(Map<String, Double> said) {
    if (said == null) {
      return null;
    }
    var kept = new TreeMap<String, Double>();
    said.entrySet().stream()
        .filter(e -> e.getValue() != null && e.getKey().length() <= WORD)
        .limit(METRICS)
        .forEach(e -> kept.put(e.getKey(), e.getValue()));
    return kept;
  }

  private static List<Notice> notices(List<Notice> said) {
    return said == null
        ? null
        : said.stream()
            .filter(Objects::nonNull)
            .skip(Math.max(0, said.size() - ProgressReport.MAX_NOTICES))
            .map(
                n ->
                    new Notice(
                        cut(n.time(), WORD), cut(n.reason(), WORD), cut(n.message(), SENTENCE)))
            .toList();
  }

  private static String cut(String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
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
