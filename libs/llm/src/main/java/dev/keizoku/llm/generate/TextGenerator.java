package dev.keizoku.llm.generate;

import dev.keizoku.llm.model.attention.KvCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Continues several sequences side by side, each until it ends or is long enough. */
public final class TextGenerator {
  private final Decoder decoder;
  private final IntFunction<Sampler> samplers;

  /** A generator for one model. */
  public TextGenerator(Decoder decoder, Sampler sampler) {
    this(decoder, prompt -> sampler);
  }

  /**
   * A generator that draws for each sequence by itself.
   *
   * @param samplers by the index of the prompt
   */
  public TextGenerator(Decoder decoder, IntFunction<Sampler> samplers) {
    this.decoder = decoder;
    this.samplers = samplers;
  }

  /** A sequence on its way. */
  private static final class Sequence {
    private final KvCache cache;
    private final Sampler sampler;
    private final List<Integer> written = new ArrayList<>();
    private int[] next;
    private boolean ended;

    Sequence(KvCache cache, Sampler sampler, int[] prompt) {
      this.cache = cache;
      this.sampler = sampler;
      this.next = prompt;
    }
  }

  /**
   * Continues each prompt.
   *
   * @param prompts token ids, at least one each; where a prompt and its continuation do not fit
   *     into the model's positions, the prompt loses its beginning
   * @param maxNewTokens tokens that are written at most, fewer than the model's positions
   * @param ends tokens that end a text
   * @return what was written after each prompt, without the token that ended it
   */
  public List<int[]> continueAll(List<int[]> prompts, int maxNewTokens, IntPredicate ends) {
    return write(prompts, maxNewTokens, ends::test).stream().map(Continuation::tokens).toList();
  }

  /**
   * The same, with more ways to end.
   *
   * @param ending when a text is at its end
   */
  public List<Continuation> write(List<int[]> prompts, int maxNewTokens, Ending ending) {
    try (var scope = decoder.memory().scope()) {
      var sequences = new ArrayList<Sequence>();
      for (int[] prompt : prompts) {
        int[] kept = fitting(prompt, maxNewTokens);
        var sampler = samplers.apply(sequences.size());
        sequences.add(new Sequence(decoder.cache(kept.length + maxNewTokens), sampler, kept));
      }
      for (int i = 0; i < maxNewTokens; i++) {
        var open = sequences.stream().filter(sequence -> !sequence.ended).toList();
        if (open.isEmpty()) {
          break;
        }
        ending.step();
        step(open, ending);
      }
      return sequences.stream()
          .map(
              sequence ->
                  new Continuation(
                      sequence.written.stream().mapToInt(Integer::intValue).toArray(),
                      sequence.ended))
          .toList();
    }
  }

  private void step(List<Sequence> open, Ending ending) {
    var chunks = open.stream().map(s -> Chunk.last(s.cache, s.next)).toList();
    var predictions = decoder.feed(chunks);
    for (int row = 0; row < open.size(); row++) {
      var sequence = open.get(row);
      int token = sequence.sampler.next(predictions, row);
      if (ending.token(token)) {
        sequence.ended = true;
      } else {
        sequence.written.add(token);
        sequence.next = new int[] {token};
        sequence.ended = ending.text(sequence.written);
      }
    }
  }

  private int[] fitting(int[] prompt, int maxNewTokens) {
    int room = decoder.config().maxPositions() - maxNewTokens;
    if (room < 1) {
      throw new IllegalArgumentException(
          "%d new tokens leave no room in %d positions"
              .formatted(maxNewTokens, decoder.config().maxPositions()));
    }
    return Arrays.copyOfRange(prompt, Math.max(0, prompt.length - room), prompt.length);
  }
}
