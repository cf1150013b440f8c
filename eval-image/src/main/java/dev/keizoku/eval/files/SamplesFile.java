package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MacroF1Scores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.RatioScores;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScores;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code samples.jsonl}: a line for each model, task and question, in the shape of
 * lm-evaluation-harness' sample records, with {@code model} and {@code task} in front. Every metric
 * can be computed again from it, see {@link KeptSamples}.
 *
 * <p>{@code doc_hash} is over our own form of the question, so it equals no other program's.
 */
public final class SamplesFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SamplesFile() {}

  /** Writes all lines of a model; the stream stays open. */
  public static void write(OutputStream out, ModelScores model, List<TaskRequests> tasks)
      throws IOException {
    for (var task : tasks) {
      var metrics = new LinkedHashMap<String, ItemScores>();
      task.task().metrics().forEach(name -> metrics.put(name, model.score(task, name)));
      for (int i = 0; i < task.requests().size(); i++) {
        var line = line(model, task, i);
        for (var metric : metrics.entrySet()) {
          line.set(metric.getKey(), item(metric.getValue(), i));
        }
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
      }
    }
  }

  private static ObjectNode line(ModelScores model, TaskRequests task, int index) {
    var request = task.requests().get(index);
    var doc = doc(request);
    var line = NODES.objectNode();
    line.put("model", model.model().name()).put("task", task.name());
    line.put("prompt_of", task.task().name()).put("prompt_version", task.promptVersion());
    line.set("prompt_sets", JSON.valueToTree(task.promptSets()));
    line.put("general", task.task().file().labels().general());
    line.put("output_type", task.file().output().word());
    line.put("doc_id", index).put("unit", request.doc().unit()).set("doc", doc);
    if (task.written()) {
      written(line, model, task, index);
    } else {
      scored(line, model.on(task), task, index);
    }
    line.set("metrics", JSON.valueToTree(task.task().metrics()));
    line.put("doc_hash", Digests.sha256(doc.toString()));
    line.put("prompt_hash", Digests.sha256(request.context()));
    line.put("target_hash", Digests.sha256(line.get("target").asText()));
    return line;
  }

  private static void scored(ObjectNode line, ChoiceScores scores, TaskRequests task, int index) {
    var request = task.requests().get(index);
    var responses = responses(scores.logLikelihoods()[index], scores.greedy()[index]);
    line.put("target", request.gold());
    line.set("arguments", task.ofDocuments() ? document(request) : arguments(request));
    if (task.ofDocuments()) {
      line.set("extent", JSON.valueToTree(scores.extent(request, index)));
    }
    line.set("resps", nested(responses));
    line.set("filtered_resps", responses);
    line.put("filter", "none");
  }

  private static void written(ObjectNode line, ModelScores model, TaskRequests task, int index) {
    var request = task.requests().get(index);
    var answering = task.file().answering();
    var right = request.choices();
    line.set(
        "target", right.size() == 1 ? NODES.textNode(right.getFirst()) : JSON.valueToTree(right));
    var argument = NODES.arrayNode().add(request.context());
    argument.add(JSON.<JsonNode>valueToTree(answering.writing()));
    line.set("arguments", NODES.arrayNode().add(argument));
    var texts = model.on(task).texts().get(index);
    line.set("resps", NODES.arrayNode().add(JSON.<JsonNode>valueToTree(texts)));
    line.set("filtered_resps", NODES.arrayNode().add(answering.filters().one(texts)));
    line.put("filter", answering.filters().name());
  }

  /** The row with its answers as they are scored, without the delimiter. */
  private static ObjectNode doc(Request request) {
    ObjectNode doc = JSON.valueToTree(request.doc().row());
    doc.set("answers", JSON.valueToTree(request.choices()));
    return doc;
  }

  private static ArrayNode arguments(Request request) {
    var arguments = NODES.arrayNode();
    request
        .continuations()
        .forEach(continuation -> arguments.addArray().add(request.context()).add(continuation));
    return arguments;
  }

  /** As in lm-evaluation-harness: a document is the one argument. */
  private static ArrayNode document(Request request) {
    return NODES.arrayNode().add(NODES.arrayNode().add(request.choices().getFirst()));
  }

  private static ArrayNode responses(double[] logLikelihoods, boolean[] greedy) {
    var responses = NODES.arrayNode();
    for (int i = 0; i < logLikelihoods.length; i++) {
      responses.addArray().add(logLikelihoods[i]).add(greedy[i]);
    }
    return responses;
  }

  private static ArrayNode nested(ArrayNode responses) {
    var nested = NODES.arrayNode();
    responses.forEach(response -> nested.addArray().add(response));
    return nested;
  }

  static JsonNode item(ItemScores scores, int index) {
    return switch (scores) {
      case MeanScores mean -> NODES.numberNode(mean.values()[index]);
      case RatioScores ratio ->
          NODES.arrayNode().add(ratio.logLikelihoods()[index]).add(ratio.sizes()[index]);
      case MacroF1Scores f1 -> NODES.arrayNode().add(f1.gold(index)).add(f1.predicted(index));
    };
  }
}
