package dev.keizoku.llm.torch.stream;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongConsumer;

/**
 * The handle of something native, which is given back when this object can no longer be reached.
 * The number is never handed out: whoever had it alone would not keep it from being given back.
 */
final class OwnedHandle {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long handle;

  /**
   * @param giveBack takes the handle, on another thread; must not know this object
   */
  OwnedHandle(long handle, LongConsumer giveBack) {
    this.handle = handle;
    CLEANER.register(this, () -> giveBack.accept(handle));
  }

  /** Calls with the handle, which is not given back before the call returns. */
  void use(LongConsumer call) {
    try {
      call.accept(handle);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
