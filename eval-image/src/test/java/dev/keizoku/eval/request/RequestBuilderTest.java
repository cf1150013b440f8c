package dev.keizoku.eval.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.task.Doc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBuilderTest {

  @Test
  void requestsOfAllPromptsEqualTheReferenceByteForByte() {
    var catalog = TaskCatalog.load();
    var docs = new HashMap<String, List<Doc>>();
    var pairs = new HashSet<String>();
    for (var golden : Golden.read("requests.json")) {
      var task = catalog.find(golden.get("task").textValue());
      var version = golden.get("prompt_version").textValue();
      var doc =
          docs.computeIfAbsent(task.name(), name -> task.docs(version))
              .get(golden.get("index").intValue());
      var request = new RequestBuilder(task, version).request(doc);
      pairs.add(task.resultName(version));
      assertThat(request.context())
          .as(task.resultName(version))
          .isEqualTo(golden.get("context").textValue());
      assertThat(request.continuations()).isEqualTo(texts(golden.get("choices")));
      assertThat(request.gold()).isEqualTo(golden.get("gold").intValue());
    }
    assertThat(pairs).hasSize(43);
    assertThat(catalog.tasks().stream().mapToInt(task -> task.prompts().size()).sum())
        .isEqualTo(43);
  }

  /** Over all questions, not three a prompt: made when all were compared with the reference. */
  @Test
  void everyRequestOfAllPromptsIsThatOfTheReference() {
    var golden = Golden.read("all_requests.json");
    for (var task : TaskCatalog.load().tasks()) {
      for (var requests : TaskRequests.of(task, List.copyOf(task.prompts().keySet()), null)) {
        assertThat(requests.sha256())
            .as(requests.name())
            .isEqualTo(golden.get(requests.name()).textValue());
      }
    }
    assertThat(golden).hasSize(43);
  }

  /** The tasks beside the benchmark; golden values by lm-evaluation-harness from the same files. */
  @Test
  void everyRequestOfTheOtherTasksIsThatOfTheReference() {
    var golden = Golden.read("more_requests.json");
    var catalog = TaskCatalog.load();
    for (var task : golden.properties()) {
      var requests = TaskRequests.of(catalog.find(task.getKey()), List.of(), null).getFirst();
      assertThat(requests.sha256()).as(task.getKey()).isEqualTo(task.getValue().textValue());
    }
    // Those of jfinqa, whose answers are written, WrittenTaskTest holds.
    assertThat(golden.size() + catalog.tasks().size() + 1).isEqualTo(catalog.all().size());
    assertThat(catalog.named("jmmlu")).hasSize(8);
    assertThat(catalog.named("ews")).hasSize(6);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(node -> texts.add(node.textValue()));
    return texts;
  }
}
