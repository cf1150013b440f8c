package dev.keizoku.eval.score;

import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.Reading;
import dev.keizoku.llm.generate.RowReader;
import dev.keizoku.llm.model.attention.KvCache;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Takes some lanes to their ends: in every forward pass a step of as many as it has room for. */
final class LaneWorker implements Function<Decoder, Void> {
  private final List<List<ScoringStep>> lanes;
  private final int passTokens;
  private final ScoreTally tally;
  private final Deque<List<ScoringStep.Query>> waiting = new ArrayDeque<>();

  /**
   * @param passTokens tokens of a forward pass at most; a single longer step goes alone
   */
  LaneWorker(List<List<ScoringStep>> lanes, int passTokens, ScoreTally tally) {
    this.lanes = lanes;
    this.passTokens = passTokens;
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

    ScoringStep step() {
      return steps.get(next);
    }

    /** Whether another step is left. */
    boolean advance() {
      next++;
      return next < steps.size();
    }

    Chunk chunk(Collection<Integer> rows) {
      cache.cut(step().past());
      return new Chunk(cache, step().tokens(), rows.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Override
  public Void apply(Decoder free) {
    var decoder = free.inFixedShapes();
    try {
      var open = new ArrayDeque<Lane>();
      lanes.stream().filter(s -> !s.isEmpty()).forEach(s -> open.add(new Lane(decoder, s)));
      var reader = new RowReader(decoder, this::take);
      while (!open.isEmpty()) {
        advance(open, reader);
        tally.tell();
      }
      reader.finish();
      tally.tell();
    } catch (RuntimeException | Error e) {
      tally.abandon();
      throw e;
    }
    return null;
  }

  private void advance(Deque<Lane> open, RowReader reader) {
    var taken = taken(open);
    var chunks = new ArrayList<Chunk>();
    var asked = new ArrayList<int[]>();
    for (var lane : taken) {
      var byRow = lane.step().byRow();
      chunks.add(lane.chunk(byRow.keySet()));
      byRow.values().forEach(row -> asked.add(tokens(row)));
      waiting.addAll(byRow.values());
    }
    reader.feed(chunks, asked);
    for (var lane : taken) {
      if (lane.advance()) {
        open.add(lane);
      }
    }
  }

  private void take(Reading reading) {
    var asked = new ArrayList<List<ScoringStep.Query>>();
    while (asked.size() < reading.rows()) {
      asked.add(waiting.remove());
    }
    tally.add(asked, reading);
  }

  /** Takes lanes away, the first always, so that none waits for ever. */
  private List<Lane> taken(Deque<Lane> open) {
    var taken = new ArrayList<Lane>();
    int tokens = 0;
    for (var lanes = open.iterator(); lanes.hasNext(); ) {
      var lane = lanes.next();
      int more = lane.step().tokens().length;
      if (taken.isEmpty() || tokens + more <= passTokens) {
        taken.add(lane);
        lanes.remove();
        tokens += more;
      }
    }
    return taken;
  }

  private static int[] tokens(List<ScoringStep.Query> queries) {
    return queries.stream().mapToInt(ScoringStep.Query::token).toArray();
  }
}
