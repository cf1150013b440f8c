package dev.keizoku.eval;

import static dev.keizoku.eval.ChatServer.question;
import static dev.keizoku.eval.ChatServer.say;
import static dev.keizoku.eval.ChatServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate behind a real server, beside a base model that is loaded. */
class ApiCandidateRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-very-secret";
  private static final int QUESTIONS = 8;

  @TempDir Path folder;
  private final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());
  private ChatServer server;

  @BeforeEach
  void files() throws IOException {
    server = new ChatServer();
    var tasks = WordsTask.in(folder.resolve("tasks"), "{max_gen_toks: 6, until: [\"。\"]}");
    WordsTask.ask(tasks, QUESTIONS, "問い%d", "答え%d");
    Files.writeString(folder.resolve("key"), KEY);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String runFile(String output) {
    return SmallRun.file(folder.resolve(output))
            .replaceFirst("tasks:\n(- \\{.*\n)+", "tasks: [{name: words}]\n")
            .replaceFirst(
                "- \\{name: tuned.*",
                "- {name: hosted, api: {endpoint: \"%s\", model: a-model, keyFile: %s, maxRetries: 0}}"
                    .formatted(server.base(), folder.resolve("key")))
        + "includePath: %s\n".formatted(StoreUri.of(folder.resolve("tasks")))
        + "scores: %s\n".formatted(StoreUri.of(folder.resolve("scores")));
  }

  private FinalReport evaluate(String run, int code) throws IOException {
    assertThat(SmallRun.evaluate(folder, run)).isEqualTo(code);
    assertThat(SmallRun.termination(folder)).content().doesNotContain(KEY);
    return SmallRun.report(folder);
  }

  @Test
  void isAskedAsTheOthersAreAndScoredTheSame() throws IOException {
    server.behaves(
        (exchange, body, attempt) -> {
          bodies.add(body);
          var question = question(body);
          if (question.equals("問い3")) {
            send(exchange, 400, "{\"error\":{\"message\":\"not about that\"}}");
          } else if (question.equals("問い4")) {
            send(
                exchange,
                200,
                "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":null}}]}");
          } else {
            say(exchange, question.replace("問い", "答え") + "。そのあと");
          }
        });
    var score = evaluate(runFile("out"), 0).eval().scores().getFirst();
    assertThat(score.candidate()).isEqualTo("hosted");
    assertThat(score.tuned()).isEqualTo((QUESTIONS - 2) / (double) QUESTIONS);
    // A greeting, each question once, and the two prompts.
    assertThat(server.asked()).isEqualTo(1 + QUESTIONS + 2);
    var asked = bodies.stream().filter(body -> question(body).equals("問い0")).toList();
    assertThat(asked)
        .singleElement()
        .satisfies(body -> assertThat(body.get("messages")).hasSize(1))
        .satisfies(body -> assertThat(body.get("max_tokens").intValue()).isEqualTo(6))
        .satisfies(body -> assertThat(body.get("stop").get(0).textValue()).isEqualTo("。"));
    // The one that it refuses is told, since it counts as a wrong answer.
    var notes = SmallRun.report(folder).eval().models();
    assertThat(notes).extracting("refused").containsExactly(null, 1L);
    var results = JSON.readTree(folder.resolve("out/results.json").toFile());
    assertThat(results.at("/models/hosted/refused_questions/words").intValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("hosted: 1 questions were refused by the endpoint");
    assertThat(results.at("/answers/1/byModel/hosted").textValue()).startsWith("円安");
    for (var row : results.get("styles")) {
      if (row.get("task").textValue().equals("words")
          && row.get("metric").textValue().equals("cut_by_length")) {
        assertThat(row.at("/tuned/value").doubleValue()).isEqualTo(1.0 / QUESTIONS);
      }
    }
    // What it has answered is not asked again.
    evaluate(runFile("again"), 0);
    assertThat(server.asked()).isEqualTo(1 + QUESTIONS + 2 + 1 + 2);
    assertThat(Files.readString(folder.resolve("again/samples.jsonl")))
        .isEqualTo(Files.readString(folder.resolve("out/samples.jsonl")))
        .doesNotContain(KEY);
    // Twice more in turns, with the run's system text.
    bodies.clear();
    evaluate(runFile("chat") + "chat: {system: 短く, templateOf: hosted}\n", 42);
    var base = ModelCopy.of(SmallRun.MODELS.resolve("base"), folder.resolve("base"), (n, v) -> v);
    Files.writeString(base.resolve("chat_template.jinja"), "{{ messages[-1].content }}");
    var chat =
        runFile("chat")
                .replaceFirst(
                    "base: \\{.*", "base: {name: base, uri: %s}".formatted(StoreUri.of(base)))
            + "chat: {system: 短く}\n";
    evaluate(chat, 0);
    assertThat(bodies.stream().filter(body -> question(body).equals("問い0")).toList())
        .singleElement()
        .satisfies(
            body ->
                assertThat(body.get("messages").findValuesAsText("role"))
                    .containsExactly("system", "user"));
  }

  @Test
  void aSecondTurnIsAskedAfterItsOwnAnswer() throws IOException {
    server.behaves(
        (exchange, body, attempt) -> {
          bodies.add(body);
          say(exchange, "はい" + body.get("messages").size());
        });
    Files.writeString(
        folder.resolve("tasks/words.yaml"),
        "metadata: {next_turn: なぜですか}\n",
        StandardOpenOption.APPEND);
    WordsTask.ask(folder.resolve("tasks"), 1, "問い%d", "答え%d");
    var base = ModelCopy.of(SmallRun.MODELS.resolve("base"), folder.resolve("base"), (n, v) -> v);
    Files.writeString(
        base.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}");
    var run =
        runFile("out")
                .replaceFirst("generation: .*\n", "")
                .replaceFirst(
                    "base: \\{.*", "base: {name: base, uri: %s}".formatted(StoreUri.of(base)))
            + "chat: {}\n";
    evaluate(run, 0);
    assertThat(bodies).hasSize(3);
    assertThat(bodies.getLast().get("messages").findValuesAsText("role"))
        .containsExactly("user", "assistant", "user");
    assertThat(bodies.getLast().get("messages").findValuesAsText("content"))
        .containsExactly("問い0", "はい1", "なぜですか");
    assertThat(Files.readString(folder.resolve("out/samples.jsonl")))
        .contains("はい1\\n\\n[user]\\nなぜですか\\n\\n[assistant]\\nはい3");
  }

  @Test
  void oneThatIsAwayIsTriedAgainAndGoesOnWhereItWas() throws IOException {
    server.behaves(
        (exchange, body, attempt) -> {
          if (question(body).equals("問い7") && attempt == 1) {
            send(exchange, 503, "");
          } else {
            say(exchange, "答え");
          }
        });
    var run = runFile("out").replace("maxRetries: 0", "maxRetries: 0, numConcurrent: 1");
    var report = evaluate(run, 75);
    assertThat(report.reason()).isEqualTo("EndpointSilent");
    assertThat(report.message()).contains("hosted gives no answer: HTTP 503");
    assertThat(server.asked()).isEqualTo(1 + QUESTIONS);
    evaluate(run, 0);
    assertThat(server.asked()).isEqualTo(1 + QUESTIONS + 1 + 1 + 2);
  }

  @Test
  void whatCannotBeAskedThereIsRefusedBeforeAModelIsLoaded() throws IOException {
    server.behaves((exchange, body, attempt) -> send(exchange, 404, "{}"));
    assertThat(evaluate(runFile("out"), 42).message()).contains("check its address, the model's");
    assertThat(server.asked()).isEqualTo(1);
    var choices =
        runFile("out").replace("[{name: words}]", "[{name: words}, {name: fp2, limit: 2}]");
    assertThat(evaluate(choices, 42).message())
        .contains("hosted lies behind an endpoint", "fp2 cannot be asked there");
    var both = runFile("out").replace("{name: hosted,", "{name: hosted, uri: file:///x,");
    assertThat(evaluate(both, 42).message()).contains("a model has a uri or an api, not both");
    assertThat(server.asked()).isEqualTo(1);
  }
}
