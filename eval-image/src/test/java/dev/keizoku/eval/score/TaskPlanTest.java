package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.Tokenizers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskPlanTest {
  private static final int POSITIONS = 1 << 14;

  /**
   * A tokenizer of characters in which a bracket, the line's end and an answer may be one token.
   */
  private static Tokenizer tokenizer(TaskRequests task, boolean joining) {
    var root = JsonNodeFactory.instance.objectNode();
    root.putArray("added_tokens");
    var model = root.putObject("model").put("type", "BPE");
    var vocabulary = model.putObject("vocab");
    vocabulary.put("</s>", 0);
    for (var request : task.requests()) {
      (request.context() + String.join("", request.continuations()))
          .codePoints()
          .mapToObj(Character::toString)
          .filter(letter -> !vocabulary.has(letter))
          .forEach(letter -> vocabulary.put(letter, vocabulary.size()));
    }
    var merges = model.putArray("merges");
    if (joining) {
      // The blanks at a prompt's end belong to the answer, so that a token must span them too.
      var prompt = task.requests().getFirst().context();
      var text = prompt.stripTrailing();
      var start = text.offsetByCodePoints(text.length(), -1);
      var joined = text.substring(start);
      for (var letter : (prompt.substring(text.length()) + "A").split("")) {
        merges.addArray().add(joined).add(letter);
        joined += letter;
        vocabulary.put(joined, vocabulary.size());
      }
    }
    var json = root.toString().getBytes(StandardCharsets.UTF_8);
    return Tokenizers.of(Map.of("tokenizer.json", json), "test");
  }

  @Test
  void anAnswerThatTheTokenizerJoinsToThePromptIsRefusedByItsPlace() {
    var task = TaskRequests.of(TaskCatalog.load().find("cma_basics"), List.of(), 2).getFirst();
    try (var joining = tokenizer(task, true);
        var apart = tokenizer(task, false)) {
      assertThat(TaskPlan.of(task, reader(apart)).sequences().longestInput()).isPositive();
      assertThatThrownBy(() -> TaskPlan.of(task, reader(joining)))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
                assertThat(fault.getMessage())
                    .contains("cma_basics", "base", "question 0, choice 0", "the tokenizer joins")
                    .doesNotContain("more positions");
              });
    }
  }

  private static TaskTokens.Reader reader(Tokenizer tokenizer) {
    return new TaskTokens.Reader("base", tokenizer, TextStart.NOTHING, POSITIONS);
  }
}
