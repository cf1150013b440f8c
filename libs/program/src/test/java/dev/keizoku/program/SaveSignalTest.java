package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.run.CheckpointWish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SaveSignalTest {
  private long nanos;
  private final SaveSignal save = new SaveSignal("old", () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void aWishIsFulfilledOnceAndOneOfBeforeNotAtAll() {
    save.request("old");
    save.request(null);
    assertThat(save.requested()).isNull();
    save.request("new");
    assertThat(save.requested()).isEqualTo("new");
    // The store was slow: it is still to be done.
    assertThat(save.requested()).isEqualTo("new");
    save.fulfilled("new");
    pass(Duration.ofHours(1));
    save.request("new");
    assertThat(save.requested()).isNull();
  }

  @Test
  void aWishThatComesMeanwhileIsNotLost() {
    save.request("1");
    save.request("2");
    save.fulfilled("1");
    pass(Duration.ofMinutes(1));
    assertThat(save.requested()).isEqualTo("2");
  }

  @Test
  void whoAsksWithoutEndGetsOneAMinute() {
    save.request("1");
    save.fulfilled(save.requested());
    save.request("2");
    pass(Duration.ofSeconds(59));
    assertThat(save.requested()).isNull();
    pass(Duration.ofSeconds(1));
    assertThat(save.requested()).isEqualTo("2");
  }

  @Test
  void aLongWishIsCutAndStillOne() {
    save.request("x".repeat(CheckpointWish.LONGEST + 1));
    assertThat(save.requested()).hasSize(CheckpointWish.LONGEST);
    save.fulfilled(save.requested());
    pass(Duration.ofHours(1));
    save.request("x".repeat(CheckpointWish.LONGEST + 2));
    assertThat(save.requested()).isNull();
  }
}
