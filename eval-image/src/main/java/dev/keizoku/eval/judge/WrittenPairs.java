package dev.keizoku.eval.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of two models out of a {@code samples.jsonl}: what they wrote to the same questions. */
public final class WrittenPairs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRITTEN = "generate_until";

  private WrittenPairs() {}

  /**
   * Puts them side by side, in the file's order.
   *
   * @throws RunFault user error {@code UnknownTask} when there is no such pair
   */
  public static List<AnswerPair> of(String samples, String base, String candidate) {
    Map<String, JsonNode> ofBase = new LinkedHashMap<>();
    Map<String, JsonNode> ofCandidate = new LinkedHashMap<>();
    samples
        .lines()
        .map(WrittenPairs::line)
        .filter(line -> line.path("output_type").asText().equals(WRITTEN))
        .forEach(
            line -> {
              var id = line.path("task").asText() + "#" + line.path("doc_id").asInt();
              if (line.path("model").asText().equals(base)) {
                ofBase.put(id, line);
              } else if (line.path("model").asText().equals(candidate)) {
                ofCandidate.put(id, line);
              }
            });
    var pairs = new ArrayList<AnswerPair>();
    ofBase.forEach(
        (id, line) -> {
          var other = ofCandidate.get(id);
          if (other != null) {
            pairs.add(pair(line, other));
          }
        });
    if (pairs.isEmpty()) {
      throw RunFault.userError(
          Reason.UNKNOWN_TASK,
          "The samples hold no answers of %s and %s to the same questions of a generate_until task; name two models of the run."
              .formatted(base, candidate));
    }
    return pairs;
  }

  private static AnswerPair pair(JsonNode base, JsonNode candidate) {
    return new AnswerPair(
        base.path("task").asText(),
        base.path("doc_id").asInt(),
        base.at("/arguments/0/0").asText(),
        base.at("/resps/0/0").asText(),
        candidate.at("/resps/0/0").asText());
  }

  private static JsonNode line(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw RunFault.userError(
          Reason.INVALID_JSON,
          "The samples hold a line that is not JSON; give the samples.jsonl of a run.");
    }
  }
}
