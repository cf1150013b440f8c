package dev.keizoku.trainer.data;

import dev.keizoku.llm.model.attention.Segment;
import java.util.List;

/**
 * One training sequence: tokens of one or more documents laid end to end. Attention stays inside a
 * segment; a token is never scored on the first token of the next document.
 *
 * @param tokens [L] ids that go in
 * @param targets [L] the id after each; -1 where nothing is scored
 * @param segments documents, or the parts of them that are here, in order
 * @param source index of the corpus it is from
 */
public record PackedSequence(int[] tokens, int[] targets, List<Segment> segments, int source) {

  /** Number of scored positions. */
  public int scored() {
    var scored = 0;
    for (var target : targets) {
      scored += target >= 0 ? 1 : 0;
    }
    return scored;
  }
}
