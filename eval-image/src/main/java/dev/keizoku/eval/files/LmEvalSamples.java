package dev.keizoku.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.request.PythonLiteral;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.task.Answering;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code samples_TASK_DATE.jsonl} of one model and task, as lm-evaluation-harness writes it: its
 * fields in its order, and no other; numbers of responses and right answers as texts.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code evaluator.evaluate}, {@code
 * EvaluationTracker.save_results_samples}.
 */
final class LmEvalSamples {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ModelScores model;
  private final TaskRequests task;

  LmEvalSamples(ModelScores model, TaskRequests task) {
    this.model = model;
    this.task = task;
  }

  /**
   * Writes a line a question; the stream stays open.
   *
   * @return the hash of all of them, for {@code task_hashes}
   */
  String write(OutputStream out) throws IOException {
    var names = task.task().metrics();
    var metrics = names.stream().map(name -> model.score(task, name)).toList();
    var all = Digests.sha256();
    for (int i = 0; i < task.requests().size(); i++) {
      var line = line(i);
      for (var hash : List.of("doc_hash", "prompt_hash", "target_hash")) {
        all.update(line.get(hash).textValue().getBytes(StandardCharsets.UTF_8));
      }
      for (int metric = 0; metric < names.size(); metric++) {
        var value = SamplesFile.item(metrics.get(metric), i);
        // Of one continuation it keeps the log-likelihood alone.
        boolean alone = value.isArray() && !task.ofDocuments() && !task.chosen();
        line.set(names.get(metric), alone ? value.get(0) : value);
      }
      out.write(JSON.writeValueAsBytes(line));
      out.write('\n');
    }
    return Digests.hex(all);
  }

  private ObjectNode line(int index) {
    var request = task.requests().get(index);
    var doc = JSON.<JsonNode>valueToTree(request.doc().row());
    var target = target(request);
    var line = NODES.objectNode().put("doc_id", index);
    line.set("doc", doc);
    line.put("target", target);
    line.set("arguments", arguments(request));
    var filtered = NODES.arrayNode();
    if (task.written()) {
      var texts = model.on(task).texts().get(index);
      line.putArray("resps").add(JSON.<JsonNode>valueToTree(texts));
      filtered.add(task.file().answering().filters().one(texts));
    } else {
      var scores = model.on(task);
      var nested = line.putArray("resps");
      for (int i = 0; i < scores.logLikelihoods()[index].length; i++) {
        var response = response(scores.logLikelihoods()[index][i], scores.greedy()[index], i);
        nested.addArray().add(response);
        filtered.add(response);
      }
    }
    line.set("filtered_resps", filtered);
    line.put("filter", task.written() ? task.file().answering().filters().name() : "none");
    line.set("metrics", JSON.valueToTree(task.task().metrics()));
    line.put("doc_hash", Digests.sha256(PythonJson.indented(doc)));
    line.put("prompt_hash", Digests.sha256(line.at("/arguments/gen_args_0/arg_0").textValue()));
    line.put("target_hash", Digests.sha256(target));
    return line;
  }

  private JsonNode response(double logLikelihood, boolean[] greedy, int choice) {
    var value = PythonLiteral.str(logLikelihood);
    return task.ofDocuments()
        ? NODES.textNode(value)
        : NODES.arrayNode().add(value).add(PythonLiteral.str(greedy[choice]));
  }

  private String target(Request request) {
    if (task.chosen() || task.ofDocuments()) {
      return PythonLiteral.str(task.file().target().value(request.doc()));
    }
    var right = request.choices();
    return PythonLiteral.str(right.size() == 1 ? right.getFirst() : right);
  }

  private ObjectNode arguments(Request request) {
    var arguments = NODES.objectNode();
    if (task.ofDocuments()) {
      add(arguments, NODES.arrayNode().add(request.choices().getFirst()));
    } else if (task.written()) {
      var writing = writing(task.file().answering().writing());
      add(arguments, NODES.arrayNode().add(request.context()).add(writing));
    } else {
      for (var continuation : request.continuations()) {
        add(arguments, NODES.arrayNode().add(request.context()).add(continuation));
      }
    }
    return arguments;
  }

  /** {@code generation_kwargs} by the names there. */
  private static ObjectNode writing(Answering.Writing writing) {
    var kwargs = NODES.objectNode();
    kwargs.set("until", JSON.valueToTree(writing.until()));
    kwargs.put("max_gen_toks", writing.maxTokens());
    kwargs.put("do_sample", writing.sampling() != null);
    if (writing.sampling() != null) {
      kwargs.put("temperature", writing.sampling().temperature());
      kwargs.put("top_k", writing.sampling().topK()).put("top_p", writing.sampling().topP());
    }
    return kwargs;
  }

  private static void add(ObjectNode arguments, ArrayNode values) {
    var one = arguments.putObject("gen_args_" + arguments.size());
    values.forEach(value -> one.set("arg_" + one.size(), value));
  }
}
