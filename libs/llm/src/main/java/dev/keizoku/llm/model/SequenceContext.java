package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/**
 * What every block needs to know of the tokens in a batch: where the segments are, the angles of
 * their positions, and the cache when there is one.
 *
 * @param segments cover the batch, in order
 * @param rope angles, a row a token
 * @param cache the past of the only segment; null when there is none
 * @param mask [n, past + n] added to the scores of a cached batch; null when none is needed
 */
public record SequenceContext(
    List<Segment> segments, RotaryEmbedding rope, KvCache cache, Tensor mask) {

  /** A batch of segments that each begin at position 0. */
  public static SequenceContext of(
      List<Segment> segments, ModelConfig config, DeviceMemory memory) {
    var last = segments.getLast();
    var positions = new int[last.start() + last.length()];
    for (var segment : segments) {
      for (var i = 0; i < segment.length(); i++) {
        positions[segment.start() + i] = i;
      }
    }
    return new SequenceContext(
        segments, RotaryEmbedding.at(positions, config.rope(), memory), null, null);
  }

  /** The next {@code tokens} tokens of the sequence whose past is in {@code cache}. */
  public static SequenceContext after(
      KvCache cache, int tokens, ModelConfig config, DeviceMemory memory) {
    var past = cache.length();
    var positions = new int[tokens];
    var mask = new float[tokens * (past + tokens)];
    for (var i = 0; i < tokens; i++) {
      positions[i] = past + i;
      for (var j = past + i + 1; j < past + tokens; j++) {
        mask[i * (past + tokens) + j] = Float.NEGATIVE_INFINITY;
      }
    }
    var needed = tokens > 1 && past > 0;
    return new SequenceContext(
        List.of(new Segment(0, tokens)),
        RotaryEmbedding.at(positions, config.rope(), memory),
        cache,
        needed ? memory.of(mask, 1, 1, tokens, past + tokens) : null);
  }

  /** Number of tokens in the batch. */
  public int tokens() {
    var last = segments.getLast();
    return last.start() + last.length();
  }

  Tensor maskAs(DataType type) {
    return mask == null ? null : Casts.to(mask, type);
  }
}
