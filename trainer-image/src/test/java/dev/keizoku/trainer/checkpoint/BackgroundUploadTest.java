package dev.keizoku.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundUploadTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch storeIsBack = new CountDownLatch(1);

  private void whenTheStoreIsBack(String name) {
    try {
      storeIsBack.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    done.add(name);
  }

  @Test
  void aStoreThatIsAwayIsWaitedForOnceAndHoldsUpNothingAfterThat() {
    var uploads = new BackgroundUpload(Duration.ofMillis(300));
    assertThat(uploads.isFree()).isTrue();
    uploads.begin("1", () -> whenTheStoreIsBack("1"));
    var begun = System.nanoTime();
    for (var i = 0; i < 1000; i++) {
      assertThat(uploads.isFree()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
    storeIsBack.countDown();
    uploads.await(() -> {});
    assertThat(uploads.isFree()).isTrue();
    uploads.begin("2", () -> done.add("2"));
    uploads.await(() -> {});
    assertThat(done).containsExactly("1", "2");
  }

  @Test
  void aStoreThatMovesIsWaitedFor() {
    var uploads = new BackgroundUpload(Duration.ofMinutes(1));
    for (var i = 0; i < 50; i++) {
      var name = String.valueOf(i);
      assertThat(uploads.isFree()).isTrue();
      uploads.begin(name, () -> done.add(name));
    }
    uploads.await(() -> {});
    assertThat(done).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void whoWaitsHearsHowItGoesOn() {
    var uploads = new BackgroundUpload(Duration.ofMinutes(1));
    uploads.begin("slow", () -> whenTheStoreIsBack("slow"));
    uploads.await(storeIsBack::countDown);
    assertThat(done).containsExactly("slow");
  }

  @Test
  void whatAnUploadFailsWithIsTold() {
    var uploads = new BackgroundUpload(Duration.ofMinutes(1));
    uploads.begin(
        "bad",
        () -> {
          throw new IllegalStateException("no room");
        });
    assertThatThrownBy(() -> uploads.await(() -> {})).hasMessage("no room");
    assertThatThrownBy(uploads::isFree).hasMessage("no room");
  }
}
