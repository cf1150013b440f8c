package dev.keizoku.corpus.questions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.decontaminate.Question;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A user's own questions: JSON lines, a JSON array, or an object with an array {@code data}. A
 * record is a question; an array of strings in it holds answers to choose from, every other string
 * is a text of the question.
 */
final class QuestionFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 64L << 20;

  private QuestionFile() {}

  static List<Question> read(ObjectStore store, StoreUri uri, int benchmark) {
    var size =
        store
            .stat(uri)
            .orElseThrow(() -> fault(uri, "there is no such file; correct the URI", null))
            .bytes();
    if (size > MAX_BYTES) {
      throw fault(uri, "it has more than 64 MiB; leave out what is no question", null);
    }
    var questions = new ArrayList<Question>();
    for (var item : records(store.read(uri), uri)) {
      var texts = new ArrayList<String>();
      var choices = new ArrayList<String>();
      collect(item, texts, choices);
      questions.add(new Question(benchmark, questions.size(), texts, choices));
    }
    if (questions.stream().allMatch(q -> q.texts().isEmpty() && q.choices().isEmpty())) {
      throw fault(uri, "it holds no text; one JSON object a line is a question", null);
    }
    return questions;
  }

  private static List<JsonNode> records(byte[] bytes, StoreUri uri) {
    var records = new ArrayList<JsonNode>();
    try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(bytes)) {
      while (values.hasNextValue()) {
        var value = values.nextValue();
        if (value.path("data").isArray()) {
          value.path("data").forEach(records::add);
        } else {
          records.add(value);
        }
      }
      return records;
    } catch (JsonProcessingException e) {
      var why =
          "it is not JSON after record %d: %s".formatted(records.size(), e.getOriginalMessage());
      throw fault(uri, why, e);
    } catch (IOException e) {
      throw fault(uri, "it cannot be read: " + e.getMessage(), e);
    }
  }

  private static void collect(JsonNode node, List<String> texts, List<String> choices) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, item.isTextual() ? choices : texts, choices));
    } else {
      node.forEach(item -> collect(item, texts, choices));
    }
  }

  private static RunFault fault(StoreUri uri, String why, Exception cause) {
    return RunFault.userError(
        Reason.BENCHMARK_UNREADABLE,
        "The questions of decontaminate.benchmarks[].uri %s cannot be used: %s."
            .formatted(uri, why),
        cause);
  }
}
