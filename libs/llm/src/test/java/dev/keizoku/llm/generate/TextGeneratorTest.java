package dev.keizoku.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextGeneratorTest {
  private static final int NEW = 6;
  private final RandomModel model = new RandomModel();
  private Decoder decoder;
  private TextGenerator generator;

  @BeforeEach
  void load() {
    decoder = model.decoder("qwen2");
    generator = new TextGenerator(decoder, Sampler.GREEDY);
  }

  @AfterEach
  void free() {
    model.close();
  }

  @Test
  void promptsGoOnAsIfEachWereAlone() {
    var prompts = List.of(new int[] {1, 2, 3}, new int[] {4}, new int[] {5, 6, 7, 8, 9});
    var together = generator.continueAll(prompts, NEW, token -> false);
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(together.get(i)).isEqualTo(recomputed(prompts.get(i)));
    }
  }

  @Test
  void anEndTokenEndsOneTextOnly() {
    var prompts = List.of(new int[] {1, 2, 3}, new int[] {4});
    var free = generator.continueAll(prompts, NEW, token -> false);
    int end = free.getFirst()[2];
    var ended = generator.continueAll(prompts, NEW, token -> token == end);
    assertThat(ended.getFirst()).isEqualTo(upTo(free.getFirst(), end));
    assertThat(ended.get(1)).isEqualTo(upTo(free.get(1), end));
  }

  @Test
  void aLongPromptLosesItsBeginning() {
    var prompt = new int[40];
    Arrays.setAll(prompt, i -> i % 37);
    var kept = Arrays.copyOfRange(prompt, 40 - (32 - NEW), 40);
    assertThat(generator.continueAll(List.of(prompt), NEW, token -> false).getFirst())
        .isEqualTo(generator.continueAll(List.of(kept), NEW, token -> false).getFirst());
    assertThatThrownBy(() -> generator.continueAll(List.of(prompt), 32, token -> false))
        .hasMessageContaining("no room");
  }

  /** Greedy decoding that computes the whole sequence anew for every token. */
  private int[] recomputed(int[] prompt) {
    int[] sequence = prompt;
    for (int i = 0; i < NEW; i++) {
      var predictions = decoder.feed(List.of(Chunk.last(decoder.cache(32), sequence)));
      sequence = Arrays.copyOf(sequence, sequence.length + 1);
      sequence[sequence.length - 1] = predictions.likeliest(0);
    }
    return Arrays.copyOfRange(sequence, prompt.length, sequence.length);
  }

  private static int[] upTo(int[] tokens, int end) {
    return Arrays.stream(tokens).takeWhile(token -> token != end).toArray();
  }
}
