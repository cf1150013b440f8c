package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.RunFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlWordsTest {
  private static int[] bytes(String text) {
    var raw = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, raw.length).map(i -> raw[i] & 0xff).toArray();
  }

  /** As Qwen2.5 and Qwen3 have them: control tokens first, plain ones behind, none in the vocab. */
  private static ByteTokenizer qwen() {
    return new ByteTokenizer()
        .add(256, "<|endoftext|>", true)
        .add(257, "<|im_start|>", true)
        .add(258, "<|im_end|>", true)
        .add(259, "<tool_call>", false)
        .add(260, "</tool_call>", false)
        .add(261, "<think>", false);
  }

  @Test
  void plainAddedTokensKeepTheirIds() {
    try (var tokenizer = qwen().open()) {
      assertThat(tokenizer.encode("<think>")).containsExactly(261);
      assertThat(tokenizer.encode("a<tool_call>b</tool_call>")).containsExactly('a', 259, 'b', 260);
      assertThat(tokenizer.encodeWithSpecialTokens("<|im_end|><think>")).containsExactly(258, 261);
      assertThat(tokenizer.decode(257, 'a', 261)).isEqualTo("<|im_start|>a<think>");
      assertThat(tokenizer.eosId()).isEqualTo(256);
    }
  }

  @Test
  void controlWordsInATextAreText() {
    try (var tokenizer = qwen().open()) {
      for (var word : List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")) {
        assertThat(tokenizer.encode("x" + word)).isEqualTo(bytes("x" + word));
      }
    }
  }

  @Test
  void soTheyAreWhereTheVocabularyHoldsThem() {
    var file = new ByteTokenizer();
    file.vocabulary.put("</s>", 256).put("※", 257);
    file.merge("<", "/").merge("</", "s").merge("</s", ">").merge("a", "b");
    // The last merge of a control word's name would make the control token out of text.
    file.vocabulary.put("</s>", 256).put("ab", 260);
    file.add(256, "</s>", true).add(257, "※", true).add(261, "<think>", false);
    try (var tokenizer = file.open()) {
      assertThat(tokenizer.encode("</s>")).doesNotContain(256).endsWith('>');
      assertThat(tokenizer.encode("※")).isEqualTo(bytes("※"));
      assertThat(tokenizer.encode("ab<think>")).containsExactly(260, 261);
      assertThat(tokenizer.encodeWithSpecialTokens("ab</s>※")).containsExactly(260, 256, 257);
    }
  }

  @Test
  void soTheyAreWithUnigram() throws Exception {
    try (var tokenizer = Tokenizers.load(Parity.FOLDER.resolve("unigram.json"))) {
      int end = tokenizer.id("</s>").orElseThrow();
      assertThat(tokenizer.encode("a</s>b")).doesNotContain(end).hasSizeGreaterThan(4);
      assertThat(tokenizer.encodeWithSpecialTokens("a</s>b")).contains(end);
    }
  }

  @Test
  void idsThatTheLibraryWouldNotGiveAreRefused() {
    var file = new ByteTokenizer().add(256, "<|endoftext|>", true).add(300, "<think>", false);
    assertThatThrownBy(file::open)
        .isInstanceOf(RunFault.class)
        .hasMessageContaining(
            "<think> has the id 300 there, but the library that runs it gives it 257");
  }
}
