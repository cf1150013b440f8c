package dev.keizoku.trainer.parallel.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankThreadsTest {
  @Test
  void ranksTakeTurnsInTheOrderOfTheirNumbers() {
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    try (var threads = new RankThreads(3)) {
      threads.all(
          rank -> {
            for (var round = 0; round < 3; round++) {
              threads.meeting().inTurn(rank, 0, () -> order.add(rank));
            }
            return rank;
          });
    }
    assertThat(order).isEqualTo(List.of(0, 1, 2, 0, 1, 2, 0, 1, 2));
  }

  @Test
  void whoeverWaitsForARankThatFailsGivesUpWithItsReason() {
    try (var threads = new RankThreads(3)) {
      assertThatThrownBy(
              () ->
                  threads.all(
                      rank -> {
                        if (rank == 1) {
                          throw new IllegalArgumentException("rank 1 cannot");
                        }
                        threads.meeting().inTurn(rank, 0, () -> {});
                        return rank;
                      }))
          .hasMessage("rank 1 cannot");
    }
  }
}
