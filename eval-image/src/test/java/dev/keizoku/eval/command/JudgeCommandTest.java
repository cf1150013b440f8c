package dev.keizoku.eval.command;

import static dev.keizoku.eval.ChatServer.question;
import static dev.keizoku.eval.ChatServer.say;
import static dev.keizoku.eval.ChatServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.ChatServer;
import dev.keizoku.eval.api.ChatEndpoint;
import dev.keizoku.eval.api.EndpointLimits;
import dev.keizoku.eval.judge.AnswerPair;
import dev.keizoku.eval.judge.Judge;
import dev.keizoku.eval.judge.JudgeSummary;
import dev.keizoku.eval.judge.Judgement;
import dev.keizoku.eval.judge.JudgementFile;
import dev.keizoku.eval.judge.Rubric;
import dev.keizoku.eval.report.JudgeSection;
import dev.keizoku.eval.report.Reading;
import dev.keizoku.program.ProgramLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Against a real server on this machine that behaves as badly as real endpoints do. */
class JudgeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-very-secret";

  @TempDir Path folder;

  private ChatServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ChatServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ChatEndpoint endpoint(Duration timeout) {
    var limits = new EndpointLimits(timeout, 3, Duration.ZERO, Duration.ofMillis(1), 64);
    return new ChatEndpoint(server.base(), "judge", KEY, limits);
  }

  private static List<AnswerPair> pairs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new AnswerPair("words", i, "問い" + i, "悪い", "良い"))
        .toList();
  }

  private List<Judgement> judged(int count) throws IOException, InterruptedException {
    return judged(count, Duration.ofMinutes(2));
  }

  private List<Judgement> judged(int count, Duration timeout)
      throws IOException, InterruptedException {
    try (var endpoint = endpoint(timeout);
        var kept = JudgementFile.open(folder.resolve("kept.jsonl"))) {
      return new Judge(endpoint, new Rubric("judge", "正しさ"), 4)
          .all(pairs(count), kept, answered -> {}, () -> {});
    }
  }

  /** Says which of both is the good answer. */
  private static String right(String question) {
    return question.indexOf("良い") < question.indexOf("悪い") ? "A is right. [[A]]" : "[[B]]";
  }

  @Test
  void rubbishAndRateLimitsAreUnscoredAndNeverLost() throws IOException, InterruptedException {
    server.behaves(
        (exchange, body, attempt) -> {
          var question = question(body);
          switch (question.replaceAll("(?s).*問い(\\d+).*", "$1")) {
            case "0" -> say(exchange, right(question));
            case "1" -> send(exchange, 200, "<html>down</html>");
            case "2" -> send(exchange, 200, "{\"choices\": []}");
            case "3" -> say(exchange, "Both are fine.");
            case "4" -> {
              exchange.getResponseHeaders().add("Retry-After", "86400");
              if (attempt < 3) {
                send(exchange, 429, "{}");
              } else {
                say(exchange, right(question));
              }
            }
            case "5" -> send(exchange, 503, "");
            case "6" -> send(exchange, 400, "{\"error\": {\"message\": \"too long " + KEY + "\"}}");
            default -> send(exchange, 200, "\"" + "x".repeat(5 << 20) + "\"");
          }
        });
    var judgements = judged(8);
    var faults = new ArrayList<String>();
    for (int i = 0; i < judgements.size(); i += 2) {
      faults.add(judgements.get(i).fault());
      assertThat(judgements.get(i).question()).isEqualTo(i / 2);
    }
    assertThat(faults.get(0)).isNull();
    assertThat(faults.get(1)).isEqualTo("its answer is not JSON");
    assertThat(faults.get(2)).isEqualTo("its answer has no choices[0].message.content");
    assertThat(faults.get(3)).contains("none of [[A]]");
    assertThat(faults.get(4)).isNull();
    assertThat(faults.get(5)).startsWith("HTTP 503");
    assertThat(faults.get(6)).isEqualTo("HTTP 400: too long ***");
    assertThat(faults.get(7)).contains("IOException");
    assertThat(JudgeSummary.of(judgements)).isEqualTo(new JudgeSummary(8, 2, 0, 0, 0, 6, 2, 2, 4));
    assertThat(Files.readAllLines(folder.resolve("kept.jsonl"))).hasSize(16);
    assertThat(Files.readString(folder.resolve("kept.jsonl"))).doesNotContain(KEY);
  }

  @Test
  void anEndpointThatHangsIsLeft() throws IOException, InterruptedException {
    server.behaves(
        (exchange, body, attempt) -> {
          exchange.sendResponseHeaders(200, 0);
          // The headers are there, the body never comes.
          exchange.getResponseBody().flush();
          server.hang();
        });
    var judgements = judged(1, Duration.ofMillis(100));
    assertThat(judgements).extracting(Judgement::fault).containsOnly("no answer within 100 ms");
    assertThat(JudgeSummary.of(judgements).unscored()).isEqualTo(1);
  }

  @Test
  void whatWasAnsweredIsNotAskedAgain() throws IOException, InterruptedException {
    server.behaves(
        (exchange, body, attempt) -> {
          var question = question(body);
          if (question.contains("問い1") && attempt == 1) {
            send(exchange, 200, "rubbish");
          } else {
            say(exchange, right(question));
          }
        });
    assertThat(JudgeSummary.of(judged(3)).unscored()).isEqualTo(1);
    assertThat(server.asked()).isEqualTo(6);
    // Killed while it wrote a line, two bytes of a character.
    var torn = "{\"key\": \"ab\", \"said\": \"良".getBytes(StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("kept.jsonl"),
        Arrays.copyOf(torn, torn.length - 1),
        StandardOpenOption.APPEND);
    assertThat(JudgeSummary.of(judged(4)).won()).isEqualTo(4);
    assertThat(server.asked()).isEqualTo(6 + 2 + 2);
    assertThat(JudgeSummary.of(judged(4)).won()).isEqualTo(4);
    assertThat(server.asked()).isEqualTo(10);
  }

  @Test
  void aJudgeThatPrefersTheFirstSaysNothing() throws IOException, InterruptedException {
    server.behaves((exchange, body, attempt) -> say(exchange, "[[A]]"));
    var judgements = judged(10);
    assertThat(JudgeSummary.of(judgements))
        .isEqualTo(new JudgeSummary(10, 0, 0, 10, 0, 0, 0, 20, 20));
    var words = Reading.words(Language.EN);
    assertThat(JudgeSection.sentence(JudgeSummary.of(judgements), "tuned", "base", words))
        .contains("10 of 10 questions", "exact p 1.0000", "first shown is preferred in 20 of 20");
  }

  @Test
  void anEndpointThatRefusesTheKeyEndsTheRunWithoutTellingIt() {
    server.behaves(
        (exchange, body, attempt) -> {
          // However late the first refusal is read, not all have been answered by then.
          if (server.asked() > 8) {
            server.hang();
          }
          send(exchange, 401, "{\"error\": {\"message\": \"Incorrect key " + KEY + "\"}}");
        });
    assertThatThrownBy(() -> judged(50))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("check its address, the model's name and the key")
        .hasMessageNotContaining(KEY);
    assertThat(server.asked()).isLessThan(100);
  }

  @Test
  void whatIsNoAddressIsToldSo() {
    assertThatThrownBy(() -> new ChatEndpoint(URI.create("api.example.com/v1"), "m", null, null))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("is no address");
  }

  /** A path behind a query would be part of it, and a user's password would be in every fault. */
  @Test
  void anAddressWithMoreInItIsRefusedWithoutBeingRepeated() {
    for (var base :
        List.of(
            "https://me:%s@api.example.com/v1".formatted(KEY),
            "https://api.example.com/v1?key=" + KEY,
            "https://api.example.com/v1#" + KEY,
            "ftp://me:%s@api.example.com/v1".formatted(KEY))) {
      assertThatThrownBy(() -> new ChatEndpoint(URI.create(base), "m", null, null))
          .isInstanceOf(RunFault.class)
          .hasMessageContaining("give ")
          .hasMessageNotContaining(KEY);
    }
  }

  @Test
  void whatCannotBeAskedIsRefusedBeforeItIs() throws IOException {
    var file = Files.writeString(folder.resolve("samples.jsonl"), "");
    for (var option : List.of("--max-tokens=0", "--max-tokens=-1", "--timeout=0", "--at-once=65")) {
      assertThat(refused(file, option)).contains("--max-tokens are at least 1");
    }
    assertThat(refused(file, "--timeout=1")).contains("hold no answers of base and tuned");
    Files.writeString(file, "{}\n{\n");
    assertThat(refused(file, "--timeout=1")).contains("Line 2 of the samples is not JSON");
  }

  private String refused(Path samples, String option) {
    var faults = new StringWriter();
    int code =
        ProgramLine.set(new CommandLine(new JudgeCommand()))
            .setErr(new PrintWriter(faults))
            .execute(
                samples.toString(),
                "--base=base",
                "--candidate=tuned",
                "--endpoint=" + server.base(),
                "--model=judge",
                "--rubric=" + samples,
                "--out=" + folder.resolve("kept.jsonl"),
                option);
    assertThat(code).isEqualTo(ExitCode.USER_ERROR.code());
    return faults.toString();
  }

  @Test
  void theCommandReadsSamplesAndTellsEachTask() throws IOException {
    var seen = Collections.synchronizedList(new ArrayList<String>());
    server.behaves(
        (exchange, body, attempt) -> {
          seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
          say(exchange, right(question(body)));
        });
    var lines = new StringBuilder();
    for (var model : List.of("base", "tuned")) {
      for (int i = 0; i < 6; i++) {
        var line = JSON.createObjectNode().put("model", model).put("task", "words");
        line.put("output_type", "generate_until").put("doc_id", i);
        line.putArray("arguments").addArray().add("問い" + i);
        line.putArray("resps").addArray().add(model.equals("base") ? "悪い" : "良い");
        lines.append(line).append('\n');
      }
    }
    Files.writeString(folder.resolve("samples.jsonl"), lines);
    Files.writeString(folder.resolve("rubric.txt"), "正しさ");
    Files.writeString(folder.resolve("key"), KEY + "\n");
    var out = new StringWriter();
    int code =
        new CommandLine(new JudgeCommand())
            .setOut(new PrintWriter(out))
            .execute(
                folder.resolve("samples.jsonl").toString(),
                "--base=base",
                "--candidate=tuned",
                "--endpoint=" + server.base(),
                "--model=judge",
                "--key-file=" + folder.resolve("key"),
                "--rubric=" + folder.resolve("rubric.txt"),
                "--out=" + folder.resolve("kept.jsonl"));
    assertThat(code).isZero();
    assertThat(out.toString())
        .startsWith(
            "words: tuned is better in 6, base in 0, neither in 0 of 6 questions, 0 unscored")
        .contains("exact p 0.0313");
    assertThat(seen).hasSize(12).containsOnly("Bearer " + KEY);
  }
}
