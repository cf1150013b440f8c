package dev.keizoku.eval.judge;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.eval.items.Blocks;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judgements in the object store, beside the scores of single items and kept as those are: {@code
 * FOLDER/judgements/JUDGE/BLOCK.json}, where JUDGE is a digest of judge and rubric. What the judge
 * did not answer is not kept, so that it is asked again.
 */
public final class JudgementStore implements KeptJudgements.Sink {
  private static final Duration BETWEEN = Duration.ofSeconds(30);
  private static final int NAME = 32;

  private final Blocks<Block> blocks;
  private final Rubric rubric;
  private final Clock clock;
  private final List<Judgement> pending = new ArrayList<>();
  private Instant kept;

  private JudgementStore(Blocks<Block> blocks, Rubric rubric, Clock clock) {
    this.blocks = blocks;
    this.rubric = rubric;
    this.clock = clock;
    this.kept = clock.instant();
  }

  /**
   * Some judgements. Judge and rubric are written out, so that a block says what it is of.
   *
   * @param of who judged, by what
   */
  record Block(Rubric of, List<Judgement> judgements) {}

  /**
   * Opens what a judge has said by a rubric in any run so far.
   *
   * @param scores folder that runs share
   */
  public static KeptJudgements open(
      ObjectStore store, StoreUri scores, Rubric rubric, Clock clock) {
    var parts = String.join("\0", rubric.judge(), rubric.text());
    var name = Digests.sha256(parts).substring(0, NAME);
    var blocks = new Blocks<>(store, scores.child("judgements").child(name), Block.class);
    var before =
        blocks.all().stream()
            .filter(block -> block.of.equals(rubric))
            .flatMap(block -> block.judgements.stream())
            .toList();
    return new KeptJudgements(before, new JudgementStore(blocks, rubric, clock));
  }

  @Override
  public void add(Judgement judgement) {
    if (judgement.verdict() != Verdict.UNSCORED) {
      pending.add(judgement);
    }
    if (Duration.between(kept, clock.instant()).compareTo(BETWEEN) >= 0) {
      close();
    }
  }

  @Override
  public void close() {
    if (!pending.isEmpty()) {
      blocks.add(new Block(rubric, List.copyOf(pending)));
      pending.clear();
    }
    kept = clock.instant();
  }
}
