package dev.keizoku.eval.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.HeldOutText;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.kept.KeptFiles;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same model, asked the same by lm-evaluation-harness, leaves the same files: names, fields,
 * their order and their values, where both take a metric ({@code reference/viewers.py}).
 */
class LmEvalFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OF_THE_MACHINE =
      List.of(
          "config",
          "date",
          "transformers_version",
          "lm_eval_version",
          "start_time",
          "end_time",
          "total_evaluation_time_seconds");

  @TempDir Path folder;

  private final JsonNode golden = Golden.read("lm_eval_files.json");

  @BeforeEach
  void written() throws IOException {
    var tasks = tasks();
    var said =
        tasks.stream().map(task -> said(task, golden.at("/samples/" + task.name()))).toList();
    var evaluation =
        MadeEvaluation.of(
            tasks,
            MadeEvaluation.model("base", tasks, said),
            MadeEvaluation.model("tuned", tasks, said));
    var store = StoreRouter.open(null, null);
    LmEvalFiles.write(new ArtifactFolder(store, StoreUri.of(folder.resolve("out"))), evaluation);
  }

  @Test
  void filesAreCalledAsThere() throws IOException {
    var wanted = new ArrayList<String>();
    for (var model : List.of("base", "tuned")) {
      golden
          .get("files")
          .forEach(
              file ->
                  wanted.add(
                      file.textValue()
                          .replace("tuned/", model + "/")
                          .replace("DATE", "2026-01-01T00-01-00.000000")));
    }
    var root = folder.resolve("out/lm-eval");
    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
    assertThat(golden.get("date").textValue()).hasSameSizeAs(LmEvalFiles.date(Instant.EPOCH));
  }

  @Test
  void samplesAreThoseThatLmEvalWrites() throws IOException {
    int compared = 0;
    for (var task : golden.get("samples").properties()) {
      var lines =
          Files.readAllLines(
              file("samples_" + task.getKey() + "_2026-01-01T00-01-00.000000.jsonl"));
      assertThat(lines).hasSize(task.getValue().size());
      for (int i = 0; i < lines.size(); i++) {
        var ours = JSON.readTree(lines.get(i));
        var theirs = task.getValue().get(i);
        var metrics = texts(theirs.get("metrics"));
        assertThat(texts(ours.get("metrics"))).containsAll(metrics);
        for (var field : theirs.properties()) {
          if (!field.getKey().equals("metrics")) {
            same(ours.get(field.getKey()), field.getValue(), task.getKey() + " " + field.getKey());
            compared++;
          }
        }
        var names = names(theirs);
        assertThat(names(ours).subList(0, names.size() - metrics.size()))
            .isEqualTo(names.subList(0, names.size() - metrics.size()));
      }
    }
    assertThat(compared).isGreaterThan(130);
  }

  @Test
  void resultsAreThoseThatLmEvalWrites() throws IOException {
    var ours = JSON.readTree(file("results_2026-01-01T00-01-00.000000.json").toFile());
    var theirs = golden.get("results");
    var names = names(ours);
    names.remove("pretty_env_info");
    assertThat(names).isEqualTo(names(theirs));
    for (var field : theirs.properties()) {
      var name = field.getKey();
      if (!OF_THE_MACHINE.contains(name) && field.getValue().isValueNode()) {
        same(ours.get(name), field.getValue(), name);
      } else if (!OF_THE_MACHINE.contains(name) && !name.equals("configs")) {
        contains(ours.get(name), field.getValue(), name);
      }
    }
    for (var name : OF_THE_MACHINE) {
      if (!name.endsWith("version") && !name.equals("config")) {
        assertThat(ours.get(name).getNodeType()).isEqualTo(theirs.get(name).getNodeType());
      }
    }
    assertThat(names(ours.get("config"))).containsAll(names(theirs.get("config")));
    for (var config : theirs.get("configs").properties()) {
      for (var field :
          List.of(
              "task",
              "output_type",
              "doc_to_text",
              "doc_to_target",
              "description",
              "target_delimiter",
              "fewshot_delimiter",
              "num_fewshot",
              "repeats",
              "doc_to_choice")) {
        var said = config.getValue().get(field);
        var told = ours.get("configs").get(config.getKey()).get(field);
        if (said != null && !said.asText("").isEmpty()) {
          same(told, said, config.getKey() + " " + field);
        }
      }
    }
  }

  /** As files of lm-evaluation-harness they are compared like any others. */
  @Test
  void ourOwnCommandsReadThem() {
    var read = new KeptFiles(TaskCatalog.load()).read(file("").toString());
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().name()).isEqualTo("tuned");
    assertThat(read.getFirst().score("fp2", "acc"))
        .hasValue(golden.at("/results/results/fp2/acc,none").doubleValue());
    assertThat(read.getFirst().score("said", "perplexity").orElseThrow())
        .isCloseTo(
            golden.at("/results/results/said/perplexity,none").doubleValue(),
            withinPercentage(1e-9));
  }

  private Path file(String name) {
    return folder.resolve("out/lm-eval/tuned").resolve(name);
  }

  private static void contains(JsonNode ours, JsonNode theirs, String place) {
    for (var field : theirs.properties()) {
      var told = ours.get(field.getKey());
      if (field.getValue().isObject()) {
        contains(told, field.getValue(), place + " " + field.getKey());
      } else if (!field.getKey().contains("_stderr")) {
        // The golden run takes none.
        same(told, field.getValue(), place + " " + field.getKey());
      }
    }
  }

  /** Of two numbers only the value counts, of two objects not the order. */
  private static void same(JsonNode ours, JsonNode theirs, String place) {
    Comparator<JsonNode> byValue =
        (one, other) -> {
          if (one.isNumber() && other.isNumber()) {
            double apart = one.doubleValue() - other.doubleValue();
            return Math.abs(apart) <= 1e-12 * Math.abs(other.doubleValue()) ? 0 : 1;
          }
          return one.equals(other) ? 0 : 1;
        };
    assertThat(ours).as(place).isNotNull();
    assertThat(ours.equals(byValue, theirs)).as("%s: %s, not %s", place, ours, theirs).isTrue();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private List<TaskRequests> tasks() throws IOException {
    Files.writeString(
        folder.resolve("said.yaml"),
        """
        task: said
        dataset_path: json
        dataset_kwargs: {data_files: {test: said.jsonl}}
        test_split: test
        output_type: loglikelihood
        doc_to_text: question
        doc_to_target: answer
        target_delimiter: ''
        metric_list: [{metric: perplexity}, {metric: acc}]
        metadata: {version: 1.0}
        """);
    Files.writeString(
        folder.resolve("said.jsonl"),
        "{\"question\":\"売上は\",\"answer\":\"増えた\"}\n{\"question\":\"利益は\",\"answer\":\"減った\"}\n");
    var catalog = TaskCatalog.load(StoreRouter.open(null, null), StoreUri.of(folder).toString());
    var tasks = new ArrayList<TaskRequests>();
    for (var name : List.of("fp2", "chabsa", "jfinqa", "said")) {
      tasks.addAll(TaskRequests.of(catalog.find(name), List.of(), 3));
    }
    var docs = new ArrayList<Doc>();
    for (var sample : golden.at("/samples/heldout_held")) {
      var id = sample.at("/doc/id").textValue();
      var text = sample.at("/doc/text").textValue();
      var row = new LinkedHashMap<String, Object>(Map.of("id", id));
      row.put("text", text);
      docs.add(new Doc(docs.size(), id, row));
    }
    var set = new HeldOutText("held", "file:///corpus/manifest.json", null, null, null);
    tasks.add(TaskRequests.ofDocuments(HeldOutSet.task(set, null), docs, null));
    return tasks;
  }

  /** What the model of the golden run said. */
  private static ChoiceScores said(TaskRequests task, JsonNode samples) {
    int count = samples.size();
    var values = new double[count][];
    var greedy = new boolean[count][];
    var texts = new ArrayList<List<String>>();
    for (int i = 0; i < count; i++) {
      var responses = samples.get(i).get("filtered_resps");
      int choices = task.written() ? 0 : responses.size();
      values[i] = new double[choices];
      greedy[i] = new boolean[choices];
      for (int choice = 0; choice < choices; choice++) {
        var response = responses.get(choice);
        var value = response.isArray() ? response.get(0) : response;
        values[i][choice] = new BigDecimal(value.textValue()).doubleValue();
        greedy[i][choice] = response.path(1).asText().equals("True");
      }
      texts.add(List.of(samples.get(i).at("/resps/0/0").asText()));
    }
    return new ChoiceScores(
        values,
        greedy,
        task.ofDocuments() ? new int[] {1, 1} : null,
        task.written() ? texts : null,
        null,
        0);
  }
}
