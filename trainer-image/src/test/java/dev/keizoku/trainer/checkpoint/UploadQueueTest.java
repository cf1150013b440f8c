package dev.keizoku.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UploadQueueTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch storeIsBack = new CountDownLatch(1);

  private UploadQueue.Snapshot snapshot(String name, boolean storeIsAway) {
    return new UploadQueue.Snapshot(
        name,
        () -> {
          if (storeIsAway) {
            awaitStore();
          }
          done.add(name);
        },
        () -> done.add("dropped " + name));
  }

  private void awaitStore() {
    try {
      storeIsBack.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void save(UploadQueue queue, UploadQueue.Snapshot snapshot) {
    queue.makeRoom();
    queue.add(snapshot);
  }

  @Test
  void aStoreThatIsAwayHoldsUpNothingAndTheNewestIsNotLost() {
    var queue = new UploadQueue(Duration.ofMillis(10));
    for (var name : List.of("1", "2", "3", "4")) {
      save(queue, snapshot(name, true));
    }
    assertThat(done).containsExactly("dropped 2", "dropped 3");
    storeIsBack.countDown();
    queue.await();
    assertThat(done).containsExactly("dropped 2", "dropped 3", "1", "4");
  }

  @Test
  void aStoreThatMovesLosesNothing() {
    var queue = new UploadQueue(Duration.ofMinutes(1));
    for (var i = 0; i < 50; i++) {
      save(queue, snapshot(String.valueOf(i), false));
    }
    queue.await();
    assertThat(done).hasSize(50).doesNotHaveDuplicates().noneMatch(s -> s.startsWith("dropped"));
  }

  @Test
  void whatAnUploadFailsWithIsTold() {
    var queue = new UploadQueue(Duration.ofMinutes(1));
    var failing =
        new UploadQueue.Snapshot(
            "bad",
            () -> {
              throw new IllegalStateException("no room");
            },
            () -> {});
    save(queue, failing);
    assertThatThrownBy(queue::await).hasMessage("no room");
    assertThatThrownBy(queue::makeRoom).hasMessage("no room");
  }
}
