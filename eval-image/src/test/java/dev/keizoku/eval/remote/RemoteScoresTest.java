package dev.keizoku.eval.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.eval.ChatServer;
import dev.keizoku.eval.SmallRun;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate behind a real server, beside the same model loaded: both say the same. */
class RemoteScoresTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;
  private final AtomicReference<ChatServer.Manner> manner = new AtomicReference<>();
  private ChatServer server;
  private ServedModel served;

  @BeforeEach
  void files() throws IOException {
    server = new ChatServer();
    served = new ServedModel(SmallRun.MODELS.resolve("tuned"));
    manner.set((exchange, body, attempt) -> ChatServer.send(exchange, 200, served.complete(body)));
    server.completes((exchange, body, attempt) -> manner.get().answer(exchange, body, attempt));
    var tasks = Files.createDirectory(folder.resolve("tasks"));
    Files.writeString(
        tasks.resolve("texts.yaml"),
        """
        task: texts
        dataset_path: json
        dataset_kwargs: {data_files: {test: texts.jsonl}}
        test_split: test
        output_type: loglikelihood_rolling
        doc_to_target: text
        metric_list: [{metric: bits_per_byte}]
        """);
    // Longer than the 256 positions of the model, so that there are several windows.
    var text = "日本銀行の金融政策決定会合において、".repeat(60);
    Files.writeString(
        tasks.resolve("texts.jsonl"), "{\"text\": \"円安\"}\n{\"text\": \"%s\"}\n".formatted(text));
  }

  @AfterEach
  void stop() {
    server.close();
    served.close();
  }

  private String runFile(String output, String completions) {
    return SmallRun.file(folder.resolve(output))
            .replaceFirst("tasks:\n(- \\{.*\n)+", "tasks: [{name: fp2, limit: 6}, {name: texts}]\n")
            .replaceFirst("generation: .*\n", "")
            .replaceFirst(
                "candidates:\n",
                "candidates:\n- {name: hosted, api: {endpoint: \"%s\", model: a-model, maxRetries: 0, completions: %s}}\n"
                    .formatted(server.base(), completions))
        + "includePath: %s\n".formatted(StoreUri.of(folder.resolve("tasks")))
        + "scores: %s\n".formatted(StoreUri.of(folder.resolve("scores")));
  }

  private FinalReport evaluate(String run, int code) throws IOException {
    assertThat(SmallRun.evaluate(folder, run)).isEqualTo(code);
    return SmallRun.report(folder);
  }

  @Test
  void aModelSaysTheSameBehindAnEndpoint() throws IOException {
    // As many tokens as the model's positions, and the one that is written.
    var run = runFile("out", "{maxLength: 258}");
    var result = evaluate(run, 0).eval();
    assertThat(result.scores()).extracting("candidate").containsOnly("hosted", "tuned");
    var hosted = said("hosted");
    var tuned = said("tuned");
    assertThat(hosted).hasSameSizeAs(tuned).hasSize(8);
    for (var question : tuned.entrySet()) {
      var theirs = hosted.get(question.getKey());
      assertThat(theirs.size()).isEqualTo(question.getValue().size());
      for (int i = 0; i < theirs.size(); i++) {
        assertThat(theirs.get(i).get(0).doubleValue())
            .as(question.getKey())
            .isCloseTo(question.getValue().get(i).get(0).doubleValue(), within(TOLERANCE));
        assertThat(theirs.get(i).get(1)).isEqualTo(question.getValue().get(i).get(1));
      }
    }
    assertThat(result.models().get(1)).extracting("cut").isEqualTo(result.models().get(2).cut());
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("hosted is not one of them: it lies behind an endpoint");
    // Only the greeting again.
    int asked = server.asked();
    evaluate(run, 0);
    assertThat(server.asked()).isEqualTo(asked + 1);
  }

  private Map<String, JsonNode> said(String model) throws IOException {
    var said = new LinkedHashMap<String, JsonNode>();
    for (var line : Files.readAllLines(folder.resolve("out/samples.jsonl"))) {
      var sample = JSON.readTree(line);
      if (sample.get("model").textValue().equals(model)) {
        said.put(sample.get("task").asText() + sample.get("doc_id"), sample.get("filtered_resps"));
      }
    }
    return said;
  }

  @Test
  void whatCannotBeReadThereEndsTheRunBeforeAModelIsLoaded() throws IOException {
    manner.set(
        (exchange, body, attempt) ->
            ChatServer.send(exchange, 200, "{\"choices\": [{\"text\": \"円\"}]}"));
    assertThat(evaluate(runFile("out", "{}"), 42).message())
        .contains("tells no log-likelihoods of what it is given", "serve hosted by a server that");
    manner.set(
        (exchange, body, attempt) ->
            ChatServer.send(exchange, 200, served.complete(body, "x"::concat)));
    var mismatch = evaluate(runFile("out", "{}"), 42);
    assertThat(mismatch.reason()).isEqualTo("TokenizerMismatch");
    assertThat(mismatch.message()).contains("is not that of hosted", "completions.tokenizer");
    assertThat(server.asked()).isEqualTo(2);
    assertThat(folder.resolve("scores")).isEmptyDirectory();
  }

  @Test
  void aQuestionThatIsRefusedOrNotAnsweredIsNoScore() throws IOException {
    manner.set(
        (exchange, body, attempt) -> {
          if (body.get("prompt").size() > 200) {
            ChatServer.send(exchange, 400, "{\"error\":{\"message\":\"too long\"}}");
          } else {
            ChatServer.send(exchange, 200, served.complete(body));
          }
        });
    assertThat(evaluate(runFile("out", "{maxLength: 258}"), 42).message())
        .contains("hosted refuses question ", "HTTP 400: too long; set completions.maxLength");
    manner.set(
        (exchange, body, attempt) -> {
          if (body.get("prompt").size() > 60) {
            ChatServer.send(exchange, 503, "");
          } else {
            ChatServer.send(exchange, 200, served.complete(body));
          }
        });
    assertThat(evaluate(runFile("out", "{maxLength: 258}"), 75).reason())
        .isEqualTo("EndpointSilent");
  }
}
