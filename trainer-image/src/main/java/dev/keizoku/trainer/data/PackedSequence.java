package dev.keizoku.trainer.data;

import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.ArrayList;
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

  /** Parts of documents that do not see each other. */
  static PackedSequence apart(TokenDocuments documents, List<Part> parts, int source) {
    var count = parts.getLast().at() + parts.getLast().taken();
    var tokens = new int[count];
    var targets = new int[count];
    var segments = new ArrayList<Segment>();
    for (var part : parts) {
      documents.copy(part.document(), part.from(), tokens, part.at(), part.taken());
      // The last token of a document has nothing to predict.
      var scored = Math.min(part.taken(), documents.length(part.document()) - part.from() - 1);
      documents.copy(part.document(), part.from() + 1, targets, part.at(), scored);
      if (scored < part.taken()) {
        targets[part.at() + part.taken() - 1] = -1;
      }
      segments.add(new Segment(part.at(), part.taken()));
    }
    return new PackedSequence(tokens, targets, segments, source);
  }

  /** Number of scored positions. */
  public int scored() {
    var scored = 0;
    for (var target : targets) {
      scored += target >= 0 ? 1 : 0;
    }
    return scored;
  }
}
