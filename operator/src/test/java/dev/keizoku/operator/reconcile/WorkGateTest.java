package dev.keizoku.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WorkGateTest {
  private long nanos;
  private final WorkGate gate = new WorkGate(() -> nanos);

  @Test
  void theLookThatBeganFirstIsTheLongest() {
    assertThat(gate.longest()).isZero();
    var seen =
        gate.within(
            () -> {
              nanos = 7;
              return gate.longest();
            },
            () -> null);
    assertThat(seen).isEqualTo(Duration.ofNanos(7));
    assertThat(gate.longest()).isZero();
  }

  @Test
  void aLookUnderWayIsWaitedForAndNoneComesAfter() throws Exception {
    var looks = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var look = threads.submit(() -> gate.within(() -> look(looks, goOn), () -> ""));
      looks.await();
      var closing = threads.submit(gate::close);
      // The next one is refused while the one under way still holds the stop back.
      Awaitility.await().until(() -> gate.within(() -> "open", () -> "closed"), "closed"::equals);
      assertThat(closing).isNotDone();
      goOn.countDown();
      closing.get();
      assertThat(look.get()).isEqualTo("looked");
    } finally {
      goOn.countDown();
    }
  }

  private static String look(CountDownLatch looks, CountDownLatch goOn) {
    looks.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "looked";
  }
}
