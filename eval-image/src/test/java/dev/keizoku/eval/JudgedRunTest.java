package dev.keizoku.eval;

import static dev.keizoku.eval.ChatServer.question;
import static dev.keizoku.eval.ChatServer.say;
import static dev.keizoku.eval.ChatServer.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.result.EvalResult.Judged;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.storage.StoreUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a judge, by the program, against a real server that behaves as real ones do. */
class JudgedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-very-secret";
  private static final int WORDS = 6;
  private static final int PROMPTS = 2;

  @TempDir Path folder;
  private ChatServer server;

  @BeforeEach
  void files() throws IOException {
    server = new ChatServer();
    var tasks = WordsTask.in(folder.resolve("tasks"), "{max_gen_toks: 6}");
    WordsTask.ask(tasks, WORDS, "問い%d 金利と債券", "円");
    Files.writeString(folder.resolve("key"), KEY + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String runFile(String output) {
    return SmallRun.file(folder.resolve(output))
            .replaceFirst("tasks:\n(- \\{.*\n)+", "tasks: [{name: words}]\n")
        + "includePath: %s\n".formatted(StoreUri.of(folder.resolve("tasks")))
        + "scores: %s\n".formatted(StoreUri.of(folder.resolve("scores")))
        + "judge: {endpoint: \"%s\", model: a-judge, rubric: 正しさ, keyFile: %s, maxRetries: 1}\n"
            .formatted(server.base(), folder.resolve("key"));
  }

  private FinalReport evaluate(String run, int code) throws IOException {
    var log = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      assertThat(SmallRun.evaluate(folder, run)).isEqualTo(code);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8)).doesNotContain(KEY);
    assertThat(SmallRun.termination(folder)).content().doesNotContain(KEY);
    return SmallRun.report(folder);
  }

  /** The greater of both texts, whichever is shown first. */
  private static String greater(String question) {
    var parts = question.split("<answer_[AB]>\n|\n</answer_[AB]>");
    return parts[1].compareTo(parts[3]) > 0 ? "[[A]]" : "[[B]]";
  }

  private static boolean about(JsonNode body, String text) {
    return question(body).contains(text);
  }

  private List<JsonNode> judgements(String output) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(folder.resolve(output + "/judgements.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void whatTheJudgeDoesNotAnswerIsUnscoredAndAskedAgainByTheNextRun() throws IOException {
    server.behaves(
        (exchange, body, attempt) -> {
          assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
              .isEqualTo("Bearer " + KEY);
          boolean first = attempt == 1 && server.asked() < 60;
          if (body.has("max_tokens")) {
            send(exchange, 400, "{\"error\":{\"message\":\"Use 'max_completion_tokens'.\"}}");
          } else if (about(body, "問い0") && first) {
            send(exchange, 429, "{}");
          } else if (about(body, "問い1") && attempt <= 1) {
            send(exchange, 200, "<html>" + KEY + "</html>");
          } else if (about(body, "問い2") && attempt <= 1) {
            say(exchange, "Both are fine.");
          } else {
            say(
                exchange,
                "Because of %s. ".formatted(KEY)
                    + (about(body, "<answer_A>") ? greater(question(body)) : ""));
          }
        });
    var first = evaluate(runFile("first"), 0);
    var judged = first.eval().judge().getFirst();
    var lines = judgements("first");
    assertThat(lines).hasSize(2 * (WORDS + PROMPTS));
    assertThat(judged.questions()).isEqualTo(WORDS + PROMPTS);
    assertThat(judged.won() + judged.lost() + judged.ties() + judged.unscored())
        .isEqualTo(judged.questions());
    assertThat(judged.unscored()).isEqualTo(2);
    assertThat(judged.agreed()).isEqualTo(judged.won() + judged.lost()).isPositive();
    assertThat(first.message()).contains("The judge: tuned is better in " + judged.won());
    assertThat(lines)
        .filteredOn(line -> line.get("verdict").textValue().equals("unscored"))
        .extracting(line -> line.get("fault").textValue())
        .containsExactly(
            "its answer is not JSON",
            "its answer is not JSON",
            "it names none of [[A]], [[B]], [[C]]",
            "it names none of [[A]], [[B]], [[C]]");
    var page = Files.readString(folder.resolve("first/report.html"));
    assertThat(page).contains("What the judge prefers", "a-judge was shown both", "正しさ");
    var results = JSON.readTree(folder.resolve("first/results.json").toFile());
    assertThat(results.at("/judge/candidates/tuned/tasks/words/unscored").intValue()).isEqualTo(2);
    assertThat(results.at("/judge/candidates/tuned/tasks/generation/pairs").intValue())
        .isEqualTo(PROMPTS);

    int asked = server.asked();
    var second = evaluate(runFile("second"), 0).eval().judge().getFirst();
    // Four that were unscored, a greeting, and the dialect is found out again.
    assertThat(server.asked() - asked).isEqualTo(4 + 1 + 1);
    assertThat(second.unscored()).isZero();

    // The other way round it has been said already, with won and lost in each other's place.
    asked = server.asked();
    var swapped =
        runFile("swapped")
            .replace("base: {name: base", "base: {name: tuned2")
            .replace("{name: tuned,", "{name: base2,")
            .replace("models/base", "models/other")
            .replace("models/tuned", "models/base")
            .replace("models/other", "models/tuned");
    var other = evaluate(swapped, 0).eval().judge().getFirst();
    assertThat(server.asked() - asked).isEqualTo(2);
    assertThat(other)
        .isEqualTo(
            new Judged(
                "base2",
                second.questions(),
                second.lost(),
                second.won(),
                second.ties(),
                0,
                second.agreed(),
                second.p()));
    // Whatever else it depends on, it is asked anew.
    for (var change : List.of("rubric: 簡潔さ", "model: another", "maxTokens: 512")) {
      asked = server.asked();
      var name = change.split(": ")[0];
      var run =
          name.equals("maxTokens")
              ? runFile("again").replace("maxRetries: 1", "maxRetries: 1, " + change)
              : runFile("again").replaceFirst(name + ": [^,]+(?=, [km r])", change);
      evaluate(run.replace("judge: {", "judge: {limit: 1, "), 0);
      assertThat(server.asked() - asked).as(change).isGreaterThan(2);
    }
    // The same rubric out of a file is the same question.
    asked = server.asked();
    var inFile = evaluate(runFile("file").replace("rubric: 正しさ", rubric("正しさ\n")), 0);
    assertThat(server.asked() - asked).isEqualTo(2);
    assertThat(inFile.eval().judge().getFirst()).isEqualTo(second);
    assertThat(Files.readString(folder.resolve("file/report.html"))).contains("正しさ");
    for (var kept : List.of("first", "second", "swapped", "scores")) {
      try (var all = Files.walk(folder.resolve(kept))) {
        for (var file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          assertThat(Files.readString(file)).doesNotContain(KEY);
        }
      }
    }
  }

  /** The field that names a file with this rubric. */
  private String rubric(String text) throws IOException {
    var file = Files.writeString(folder.resolve("rubric.txt"), text);
    return "rubricUri: \"%s\"".formatted(StoreUri.of(file));
  }

  @Test
  void anEndpointThatIsAwayIsLeftAndCostsNoScore() throws IOException {
    server.behaves((exchange, body, attempt) -> send(exchange, 503, ""));
    var run = runFile("away").replace("maxRetries: 1", "maxRetries: 0, numConcurrent: 1");
    WordsTask.ask(folder.resolve("tasks"), 40, "問い%d", "円");
    var report = evaluate(run, 0);
    assertThat(report.eval().scores()).hasSize(1);
    var judged = report.eval().judge().getFirst();
    assertThat(judged.unscored() + judged.ties()).isEqualTo(40 + PROMPTS);
    assertThat(judged.unscored()).isGreaterThan(10);
    assertThat(server.asked()).isEqualTo(1 + 20);
    assertThat(judgements("away").stream().map(line -> line.path("fault").asText("")))
        .contains("not asked: the endpoint had not answered 20 questions in a row");
  }

  @Test
  void whatNoQuestionWouldMendEndsTheRunBeforeAModelIsAsked() throws IOException {
    server.behaves(
        (exchange, body, attempt) ->
            send(exchange, 401, "{\"error\":{\"message\":\"Incorrect key " + KEY + "\"}}"));
    var run = runFile("refused");
    assertThat(evaluate(run, 42).message()).contains("check its address, the model's name");
    assertThat(server.asked()).isEqualTo(1);
    Files.writeString(folder.resolve("key"), KEY + "\nand more");
    assertThat(evaluate(run, 42).message()).contains("is no key");
    Files.delete(folder.resolve("key"));
    assertThat(evaluate(run, 42).message()).contains("Cannot read the endpoint's key");
    var nothing =
        run.replaceFirst("generation: .*\n", "")
            .replace("tasks: [{name: words}]", "tasks: [{name: fp2, limit: 6}]");
    assertThat(evaluate(nothing, 42).message()).contains("The judge has nothing to read");
    var both = run.replace("rubric: 正しさ", "rubric: 正しさ, " + rubric("円"));
    assertThat(evaluate(both, 42).message()).contains("a rubric or a rubricUri, not both");
    var large = run.replace("rubric: 正しさ", rubric("円".repeat(6000)));
    assertThat(evaluate(large, 42).message()).contains("has 18,000 bytes; give a text of 1 to");
    Files.delete(folder.resolve("rubric.txt"));
    assertThat(evaluate(large, 42).message()).contains("There is no rubric at ");
    assertThat(evaluate(run.replace("http://127", "http://user@127"), 42).reason())
        .isEqualTo("RunFileInvalid");
    for (var other : List.of("http://a|b/v1", "http://a:99999/v1", "http://169.254.169.254/v1")) {
      var wrong = run.replaceFirst("http://127[^\"]*", Matcher.quoteReplacement(other));
      assertThat(evaluate(wrong.replaceFirst(", keyFile: [^,]*", ""), 42).reason())
          .as(other)
          .isEqualTo("InvalidEndpoint");
    }
    assertThat(folder.resolve("scores")).isEmptyDirectory();
  }
}
