package dev.keizoku.eval.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.task.Doc;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.Tokenizers;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenSplitTest {
  private static final JsonNode GOLDEN = Golden.read("token_split.json");
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() throws URISyntaxException {
    tokenizer =
        Tokenizers.load(
            Path.of(
                TokenSplitTest.class
                    .getResource("/golden/" + GOLDEN.get("tokenizer").textValue())
                    .toURI()));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void pairsAreSplitAsInTheReference() {
    for (var pair : GOLDEN.get("pairs")) {
      var split =
          split(
              TextStart.NOTHING,
              pair.get("context").textValue(),
              pair.get("continuation").textValue());
      assertThat(split.context())
          .as(pair.get("why").textValue())
          .isEqualTo(Golden.ints(pair.get("context_tokens")));
      assertThat(split.continuation())
          .as(pair.get("why").textValue())
          .isEqualTo(Golden.ints(pair.get("continuation_tokens")));
    }
  }

  @Test
  void questionsAreSplitAsInTheReference() {
    var catalog = TaskCatalog.load();
    var docs = new HashMap<String, List<Doc>>();
    for (var golden : GOLDEN.get("questions")) {
      var task = catalog.find(golden.get("task").textValue());
      var doc =
          docs.computeIfAbsent(task.name(), name -> task.docs("default"))
              .get(golden.get("index").intValue());
      var request = new RequestBuilder(task, golden.get("prompt_version").textValue()).request(doc);
      var splits =
          TokenSplit.of(tokenizer, TextStart.NOTHING, request.context(), request.continuations());
      assertThat(splits).hasSameSizeAs(request.choices());
      for (int i = 0; i < splits.size(); i++) {
        var split = splits.get(i);
        assertThat(split.context()).hasSize(golden.get("context_tokens").intValue());
        assertThat(sha256(split.context()))
            .isEqualTo(golden.get("context_tokens_sha256").textValue());
        assertThat(split.continuation())
            .isEqualTo(Golden.ints(golden.get("continuation_tokens").get(i)));
      }
    }
  }

  @Test
  void theReferencesPrefixIsTheTokenizers() {
    assertThat(tokenizer.bosId().orElse(tokenizer.eosId()))
        .isEqualTo(GOLDEN.get("eot_token_id").intValue());
  }

  @Test
  void bosStandsInFrontOfTheContextAndNowhereElse() {
    var plain = split(TextStart.NOTHING, "売上 ", "高");
    var started = split(new TextStart(OptionalInt.of(9)), "売上 ", "高");
    assertThat(started.continuation()).isEqualTo(plain.continuation());
    assertThat(started.context()).startsWith(9).endsWith(plain.context());
    assertThat(started.context()).hasSize(plain.context().length + 1);
    var empty = split(new TextStart(OptionalInt.of(9)), "", "高");
    assertThat(empty.context()).hasSize(1);
    assertThat(empty.continuation()).isEqualTo(tokenizer.encode("高"));
  }

  private static TokenSplit split(TextStart start, String context, String continuation) {
    return TokenSplit.of(tokenizer, start, context, List.of(continuation)).getFirst();
  }

  private static String sha256(int[] tokens) {
    var text = Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
