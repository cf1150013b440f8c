package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.eval.request.TokenSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoringPlanTest {
  private static final int MAX_LENGTH = 12;

  @Test
  void everyTokenIsPredictedFromWhatStandsBeforeIt() {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      var splits = new ArrayList<TokenSplit>();
      var plan = new ScoringPlan(MAX_LENGTH);
      for (int i = 0; i < 20; i++) {
        var split = new TokenSplit(tokens(random, 14), tokens(random, 4));
        splits.add(split);
        plan.add(split, i, 0, true);
      }
      var read = new long[splits.size()];
      for (var lane : plan.lanes(1 + random.nextInt(6), 1 + random.nextInt(5))) {
        walk(lane, read);
      }
      for (int i = 0; i < read.length; i++) {
        assertThat(read[i]).isEqualTo(direct(splits.get(i)));
      }
    }
  }

  @Test
  void commonBeginningsAreFedOnce() {
    var plan = new ScoringPlan(100);
    plan.add(new TokenSplit(new int[] {1, 2, 3}, new int[] {7}), 0, 0, true);
    plan.add(new TokenSplit(new int[] {1, 2, 3}, new int[] {8}), 0, 1, true);
    plan.add(new TokenSplit(new int[] {1, 2, 4}, new int[] {7, 9}), 1, 0, true);
    plan.add(new TokenSplit(new int[] {1, 2, 4}, new int[] {7, 5}), 1, 1, true);
    var lanes = plan.lanes(1, 50);
    assertThat(lanes).hasSize(1);
    assertThat(lanes.getFirst().stream().mapToInt(step -> step.tokens().length).sum()).isEqualTo(5);
    assertThat(lanes.getFirst().getFirst().queries()).hasSize(2);
  }

  @Test
  void lanesAreOfLikeSize() {
    var plan = new ScoringPlan(100);
    for (int i = 0; i < 64; i++) {
      plan.add(new TokenSplit(new int[] {i, 2, 3, 4}, new int[] {7}), i, 0, true);
    }
    assertThat(plan.lanes(8, 50)).hasSize(8).allMatch(lane -> lane.size() == 8);
  }

  @Test
  void nothingToPredictFromIsRefused() {
    var plan = new ScoringPlan(100);
    assertThatThrownBy(() -> plan.add(new TokenSplit(new int[0], new int[] {1}), 4, 2, true))
        .hasMessageContaining("question 4, choice 2");
  }

  /** What the model would have seen and predicted, as numbers that depend on all of it. */
  private static void walk(List<ScoringStep> lane, long[] read) {
    var seen = new ArrayList<Integer>();
    for (var step : lane) {
      assertThat(step.past()).isLessThanOrEqualTo(seen.size());
      seen.subList(step.past(), seen.size()).clear();
      Arrays.stream(step.tokens()).forEach(seen::add);
      for (var query : step.queries()) {
        var before = seen.subList(0, step.past() + query.row() + 1);
        read[query.request()] += fingerprint(before, query.token());
      }
    }
  }

  /** The same by the reference's own words: (context + continuation)[-(max + 1):][:-1]. */
  private static long direct(TokenSplit split) {
    var whole =
        IntStream.concat(Arrays.stream(split.context()), Arrays.stream(split.continuation()))
            .boxed()
            .toList();
    var kept = whole.subList(Math.max(0, whole.size() - MAX_LENGTH - 1), whole.size());
    long sum = 0;
    for (int i = kept.size() - split.continuation().length; i < kept.size(); i++) {
      sum += fingerprint(kept.subList(0, i), kept.get(i));
    }
    return sum;
  }

  private static long fingerprint(List<Integer> before, int next) {
    return 31L * before.hashCode() + next * 1_000_003L;
  }

  private static int[] tokens(SplittableRandom random, int most) {
    return random.ints(1 + random.nextInt(most), 0, 3).toArray();
  }
}
