package dev.keizoku.eval.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.Chat;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.plan.RunRequests;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectStore STORE = StoreRouter.open(null, null);

  @TempDir Path folder;

  @Test
  void conversationsAreThoseOfTheReference() throws IOException {
    var file = Golden.read("conversations.json");
    var rows = new StringBuilder();
    file.get("rows").forEach(row -> rows.append(row).append('\n'));
    Files.writeString(folder.resolve("rows.jsonl"), rows);
    for (var task : file.get("tasks").properties()) {
      Files.writeString(folder.resolve(task.getKey() + ".yaml"), task.getValue().textValue());
    }
    var catalog = TaskCatalog.load(STORE, StoreUri.of(folder).toString());
    assertThat(file.get("golden")).hasSize(48);
    var softly = new SoftAssertions();
    for (var one : file.get("golden")) {
      var form = ChatForm.of(run(one, file.get("tokens")), STORE);
      var task = ChatForm.asked(catalog.find(one.get("task").textValue()), form);
      var asked = TaskRequests.of(task, List.of(), null, form).getFirst();
      softly.assertThat(arguments(asked)).as("%s", one).isEqualTo(one.get("arguments"));
    }
    softly.assertAll();
  }

  @Test
  void aRunAsksInTheTemplateOfTheModelItNames() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "<u>{{ messages[-1].content }}<a>");
    var run =
        JSON.readTree(
            """
            {"output": "file:///out", "base": {"name": "base", "uri": "file:///none"},
             "candidates": [{"name": "tuned", "uri": "%s"}],
             "tasks": [{"name": "fp2", "limit": 1}], "chat": {"templateOf": "tuned"}}
            """
                .formatted(StoreUri.of(folder)));
    var asked = RunRequests.of(JSON.treeToValue(run, EvalRun.class), STORE).getFirst();
    assertThat(asked.requests().getFirst().context()).startsWith("<u>").endsWith("<a>");
  }

  @Test
  void aModelWithoutATemplateIsToldBeforeAnythingIsAsked() throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\"}");
    assertThatThrownBy(() -> ChatForm.of(run(folder, null, false), STORE))
        .hasMessageContaining("has no chat template")
        .hasMessageContaining("chat.templateOf");
  }

  @Test
  void ofSeveralTemplatesTheDefaultIsTaken() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        """
        {"bos_token": {"content": "<s>"}, "chat_template": [
          {"name": "rag", "template": "no"},
          {"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}:"}]}
        """);
    var conversation = ChatForm.of(run(folder, null, false), STORE).begun("", "\n");
    conversation.question("売上高は");
    assertThat(conversation.rendered()).isEqualTo("<s>売上高は:");
  }

  @Test
  void whatIsThoughtIsNoAnswer() {
    var writing =
        ChatForm.asked(TaskCatalog.load().find("jfinqa"), form("{{ messages[0].content }}"))
            .file()
            .answering()
            .writing();
    assertThat(writing.answer("<think>\n10? 11?\n</think>\n\n 答えは12")).isEqualTo("答えは12");
    assertThat(writing.answer("答えは12")).isEqualTo("答えは12");
    assertThat(writing.toString())
        .isNotEqualTo(TaskCatalog.load().find("jfinqa").file().answering().writing().toString());
  }

  private ChatForm form(String template) {
    try {
      Files.writeString(folder.resolve("chat_template.jinja"), template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ChatForm.of(run(folder, null, false), STORE);
  }

  private EvalRun run(JsonNode one, JsonNode tokens) throws IOException {
    var model = Files.createDirectories(folder.resolve("model"));
    Files.write(model.resolve("tokenizer_config.json"), JSON.writeValueAsBytes(tokens));
    try (var in = getClass().getResourceAsStream("/chat/" + one.get("template").textValue())) {
      Files.write(model.resolve("chat_template.jinja"), in.readAllBytes());
    }
    return run(model, one.get("system").textValue(), one.get("multiturn").booleanValue());
  }

  private static EvalRun run(Path model, String system, boolean multiturn) {
    var base = new EvalRun.Model("base", StoreUri.of(model).toString(), null);
    var chat = new Chat(null, system, multiturn, null, null);
    var candidates = List.of(new EvalRun.Model("tuned", "file:///none", null));
    var questions = new Questions(null, null, null, chat);
    return new EvalRun(
        "uid",
        null,
        null,
        "file:///out",
        base,
        candidates,
        questions,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static JsonNode arguments(TaskRequests asked) {
    var all = JSON.createArrayNode();
    for (var request : asked.requests()) {
      if (asked.written()) {
        all.addArray().add(request.context());
      } else {
        request.continuations().forEach(c -> all.addArray().add(request.context()).add(c));
      }
    }
    return all;
  }
}
