package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells damage of what is stored from damage on the way. */
public final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private Damage() {}

  /**
   * Reads something whose digest is checked, and once more when it was wrong.
   *
   * @param read throws {@link Reason#DIGEST_MISMATCH}; other faults are passed on at once
   * @throws RunFault that of the second time
   */
  public static <T> T confirmed(Supplier<T> read) {
    try {
      return read.get();
    } catch (RunFault fault) {
      if (fault.reason() != Reason.DIGEST_MISMATCH) {
        throw fault;
      }
      LOG.warn("Reading once more: {}", fault.getMessage());
      return read.get();
    }
  }
}
