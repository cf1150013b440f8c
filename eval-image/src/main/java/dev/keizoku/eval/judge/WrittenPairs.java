package dev.keizoku.eval.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of two models out of a {@code samples.jsonl}: what they wrote to the same questions. */
public final class WrittenPairs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRITTEN = "generate_until";

  private WrittenPairs() {}

  /**
   * Puts them side by side, in the file's order. Of the two models only what they wrote is held, of
   * the others and of other tasks nothing.
   *
   * @param lines read once, to their end
   * @throws RunFault user error {@code UnknownTask} when there is no such pair, {@code InvalidJson}
   *     for a line that is none
   */
  public static List<AnswerPair> of(BufferedReader lines, String base, String candidate)
      throws IOException {
    Map<String, Written> ofBase = new LinkedHashMap<>();
    Map<String, String> ofCandidate = new HashMap<>();
    int number = 0;
    for (String text; (text = lines.readLine()) != null; ) {
      var line = line(text, ++number);
      if (!line.path("output_type").asText().equals(WRITTEN)) {
        continue;
      }
      var written = Written.of(line);
      var model = line.path("model").asText();
      if (model.equals(base)) {
        ofBase.put(written.id(), written);
      } else if (model.equals(candidate)) {
        ofCandidate.put(written.id(), written.answer);
      }
    }
    var pairs = new ArrayList<AnswerPair>();
    ofBase.forEach(
        (id, written) -> {
          var other = ofCandidate.get(id);
          if (other != null) {
            pairs.add(written.beside(other));
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

  private record Written(String task, int question, String prompt, String answer) {

    static Written of(JsonNode line) {
      return new Written(
          line.path("task").asText(),
          line.path("doc_id").asInt(),
          line.at("/arguments/0/0").asText(),
          line.at("/resps/0/0").asText());
    }

    String id() {
      return task + "#" + question;
    }

    AnswerPair beside(String other) {
      return new AnswerPair(task, question, prompt, answer, other);
    }
  }

  private static JsonNode line(String line, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw RunFault.userError(
          Reason.INVALID_JSON,
          "Line %d of the samples is not JSON; give the samples.jsonl of a run.".formatted(number));
    }
  }
}
