package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.trainer.data.PackedSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences that go through the model together, laid end to end.
 *
 * @param ids [T]
 * @param targets [T], -1 where nothing is scored
 * @param segments over the T rows
 */
record MicroBatch(long[] ids, int[] targets, List<Segment> segments) {

  static MicroBatch of(List<PackedSequence> sequences) {
    var total = sequences.stream().mapToInt(s -> s.tokens().length).sum();
    var ids = new long[total];
    var targets = new int[total];
    var segments = new ArrayList<Segment>();
    var at = 0;
    for (var sequence : sequences) {
      for (var i = 0; i < sequence.tokens().length; i++) {
        ids[at + i] = sequence.tokens()[i];
        targets[at + i] = sequence.targets()[i];
      }
      for (var segment : sequence.segments()) {
        segments.add(new Segment(at + segment.start(), segment.length()));
      }
      at += sequence.tokens().length;
    }
    return new MicroBatch(ids, targets, segments);
  }
}
