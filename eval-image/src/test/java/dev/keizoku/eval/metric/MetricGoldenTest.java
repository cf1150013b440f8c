package dev.keizoku.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.RequestBuilder;
import dev.keizoku.eval.task.Doc;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricGoldenTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void metricsOfAllPairsEqualTheReference() throws Exception {
    var catalog = TaskCatalog.load();
    var docs = new HashMap<String, List<Doc>>();
    var sha256 = MessageDigest.getInstance("SHA-256");
    for (var golden : Golden.read("metrics.json")) {
      var task = catalog.find(golden.get("task").textValue());
      var builder = new RequestBuilder(task, golden.get("prompt_version").textValue());
      var outcomes = new ArrayList<Outcome>();
      for (var doc : docs.computeIfAbsent(task.name(), name -> task.docs("default"))) {
        outcomes.add(madeUp(builder.request(doc), sha256));
      }
      var expected = golden.get("metrics");
      int seen = 0;
      for (var name : task.metrics()) {
        var scores = Metric.named(name).over(outcomes);
        assertThat(scores.score())
            .as(task.name() + " " + name)
            .isCloseTo(expected.get(name).doubleValue(), within(TOLERANCE));
        seen++;
        if (scores.standardError().isPresent()) {
          assertThat(scores.standardError().getAsDouble())
              .isCloseTo(expected.get(name + "_stderr").doubleValue(), within(TOLERANCE));
          seen++;
        }
      }
      assertThat(seen).isEqualTo(expected.size());
    }
  }

  /** The likelihoods that the golden file was made with: a hash of the request. */
  private static Outcome madeUp(Request request, MessageDigest sha256) {
    var values = new double[request.choices().size()];
    for (int i = 0; i < values.length; i++) {
      var text = request.context() + "\0" + request.continuations().get(i);
      var digest = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
      long u = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
      values[i] = -(u * 20.0) / 4294967296.0;
    }
    return new Outcome(request.gold(), values, request.lengths());
  }
}
