package dev.keizoku.program;

import dev.keizoku.contract.run.CheckpointWish;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Whether the program was asked for a checkpoint that it has not made yet. The work asks where it
 * could save, and goes on. Anybody who reaches the program's port may ask, so there is at most one
 * a minute; more wishes come to one.
 */
public final class SaveSignal {
  private static final Duration APART = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private volatile String wish;
  private volatile String done;
  private volatile Long lastDone;

  /** Nobody has asked yet. */
  public SaveSignal() {
    this(null, System::nanoTime);
  }

  /**
   * @param before the wish that was there before the program began; null for none
   * @param nanos a clock that only ever goes on
   */
  SaveSignal(String before, LongSupplier nanos) {
    this.wish = CheckpointWish.of(before);
    this.done = wish;
    this.nanos = nanos;
  }

  /** Asks; the same wish again changes nothing, and neither does null. */
  public void request(String asked) {
    if (asked != null) {
      wish = CheckpointWish.of(asked);
    }
  }

  /** The wish to be fulfilled now; null for none. */
  public String requested() {
    var open = wish;
    boolean early = lastDone != null && nanos.getAsLong() - lastDone < APART.toNanos();
    return early || Objects.equals(open, done) ? null : open;
  }

  /** A checkpoint was begun for that wish. */
  public void fulfilled(String asked) {
    done = asked;
    lastDone = nanos.getAsLong();
  }
}
