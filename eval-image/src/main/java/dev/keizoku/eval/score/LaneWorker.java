package dev.keizoku.eval.score;

import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.model.attention.KvCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes some lanes to their ends: a step of each in every forward pass. */
final class LaneWorker implements Function<Decoder, Void> {
  private final List<List<ScoringStep>> lanes;
  private final ScoreTally tally;

  LaneWorker(List<List<ScoringStep>> lanes, ScoreTally tally) {
    this.lanes = lanes;
    this.tally = tally;
  }

  /** Where a lane is: its sequence's past and what is still to be fed. */
  private static final class Lane {
    private final KvCache cache;
    private final List<ScoringStep> steps;
    private int next;

    Lane(Decoder decoder, List<ScoringStep> steps) {
      this.steps = steps;
      this.cache = decoder.cache(steps.stream().mapToInt(ScoringStep::length).max().orElse(1));
    }

    boolean done() {
      return next == steps.size();
    }

    Chunk chunk() {
      var step = steps.get(next);
      cache.cut(step.past());
      return new Chunk(cache, step.tokens(), step.queriedRows());
    }
  }

  @Override
  public Void apply(Decoder free) {
    var decoder = free.inFixedShapes();
    try {
      var all = lanes.stream().map(steps -> new Lane(decoder, steps)).toList();
      for (var open = all; !open.isEmpty(); open = open(all)) {
        advance(open, decoder);
      }
    } catch (RuntimeException | Error e) {
      tally.abandon();
      throw e;
    }
    return null;
  }

  private static List<Lane> open(List<Lane> lanes) {
    return lanes.stream().filter(lane -> !lane.done()).toList();
  }

  private void advance(List<Lane> open, Decoder decoder) {
    var chunks = new ArrayList<Chunk>();
    open.forEach(lane -> chunks.add(lane.chunk()));
    var predictions = decoder.feed(chunks);
    int firstRow = 0;
    for (int i = 0; i < open.size(); i++) {
      var lane = open.get(i);
      tally.add(lane.steps.get(lane.next), predictions, firstRow);
      firstRow += chunks.get(i).wanted().length;
      lane.next++;
    }
    tally.tell();
  }
}
