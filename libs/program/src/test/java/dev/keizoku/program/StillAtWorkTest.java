package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StillAtWorkTest {
  private final CountDownLatch never = new CountDownLatch(1);

  private void gatherGradientsForEver() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysWhereTheWorkStandsAndNotMore() {
    var rank = Thread.ofPlatform().daemon().name("rank-3").start(this::gatherGradientsForEver);
    try {
      await().until(() -> rank.getState() == Thread.State.WAITING);
      assertThat(StillAtWork.threads())
          .contains("rank-3 (WAITING): ", "StillAtWorkTest.gatherGradientsForEver:")
          .hasSizeLessThanOrEqualTo(1_500);
    } finally {
      rank.interrupt();
    }
  }
}
