package dev.keizoku.llm.torch.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnedHandleTest {
  private static final int UNTIL_COMPILED = 3_000;

  /** As an event that is made, waited for and forgotten in one line. */
  private static void useOnce(AtomicInteger back, Runnable meanwhile) {
    new OwnedHandle(7, handle -> back.incrementAndGet()).use(handle -> meanwhile.run());
  }

  @Test
  void itIsNotGivenBackWhileItIsUsed() {
    var early = new AtomicInteger();
    for (var i = 0; i < UNTIL_COMPILED; i++) {
      useOnce(early, () -> {});
    }
    var back = new AtomicInteger();
    useOnce(
        back,
        () -> {
          collect();
          assertThat(back).hasValue(0);
        });
  }

  @Test
  void itIsGivenBackOnceNobodyHasIt() throws InterruptedException {
    var back = new CountDownLatch(1);
    new OwnedHandle(7, handle -> back.countDown()).use(handle -> {});
    collect();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void collect() {
    var garbage = new WeakReference<>(new Object());
    while (garbage.get() != null) {
      System.gc();
    }
    // References that were found to be garbage are handed to their cleaners in the same order.
    for (var i = 0; i < 3; i++) {
      System.gc();
    }
  }
}
