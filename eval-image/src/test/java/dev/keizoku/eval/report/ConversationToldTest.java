package dev.keizoku.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.eval.Chat;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.eval.MadeEvaluation;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.files.LmEvalFiles;
import dev.keizoku.eval.files.ResultsFile;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said before all questions, and in which form, is in every file of a conversation. */
class ConversationToldTest {
  private static final String SYSTEM = "金融の専門家として答えてください。";
  private static final String TEMPLATE =
      "{% for message in messages %}<{{ message.role }}>{{ message.content }}\n{% endfor %}";

  @TempDir Path folder;

  private final ObjectStore store = StoreRouter.open(null, null);

  @Test
  void systemTextAndTemplateAreTold() throws IOException {
    var evaluation = evaluation(chat(SYSTEM));
    LmEvalFiles.write(new ArtifactFolder(store, StoreUri.of(folder.resolve("out"))), evaluation);
    var lmEval = folder.resolve("out/lm-eval/tuned/results_2026-01-01T00-01-00.000000.json");
    for (var results : List.of(ResultsFile.bytes(evaluation), Files.readAllBytes(lmEval))) {
      var told = new ObjectMapper().readTree(results);
      assertThat(told.get("system_instruction").textValue()).isEqualTo(SYSTEM);
      assertThat(told.get("system_instruction_sha").textValue())
          .isEqualTo(Digests.sha256(SYSTEM.getBytes(UTF_8)));
      assertThat(told.get("chat_template").textValue()).isEqualTo(TEMPLATE);
      assertThat(told.get("chat_template_sha").textValue())
          .isEqualTo(Digests.sha256(TEMPLATE.getBytes(UTF_8)));
      assertThat(told.get("fewshot_as_multiturn").booleanValue()).isTrue();
    }
    var page = Jsoup.parse(new String(EvaluationReport.html(evaluation), UTF_8));
    assertThat(page.select("dt:contains(Conversation) + dd").text())
        .contains(SYSTEM, "sha256:" + Digests.sha256(TEMPLATE.getBytes(UTF_8)))
        .endsWith("examples are turns of their own.");
  }

  @Test
  void inPlainTextNothingIsTold() throws IOException {
    var told = new ObjectMapper().readTree(ResultsFile.bytes(evaluation(null)));
    assertThat(told.get("system_instruction").isNull()).isTrue();
    assertThat(told.get("chat_template").isNull()).isTrue();
    assertThat(told.get("fewshot_as_multiturn").booleanValue()).isFalse();
    assertThat(new String(EvaluationReport.html(evaluation(null)), UTF_8))
        .doesNotContain("Conversation");
  }

  private ChatForm chat(String system) throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
    var run =
        new EvalRun(
            "uid",
            null,
            null,
            "file:///out",
            new EvalRun.Model("base", StoreUri.of(folder).toString(), null),
            List.of(new EvalRun.Model("tuned", "file:///none", null)),
            new Questions(null, null, null, new Chat(null, system, true, null, null)),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return ChatForm.of(run, store);
  }

  private static Evaluation evaluation(ChatForm chat) {
    var tasks = TaskRequests.of(TaskCatalog.load().find("fp2"), List.of(), 5, chat);
    return MadeEvaluation.of(
        tasks, MadeEvaluation.random("base", 1, tasks), MadeEvaluation.random("tuned", 2, tasks));
  }
}
