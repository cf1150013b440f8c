package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import java.util.List;

/** How ranks reach each other's slices. */
public enum RankMemory {
  /** They lie in one memory, and each sees the others' where they are; only on processors. */
  SHARED,
  /** Each has its own, and what a rank needs of another is copied. */
  SEPARATE;

  /**
   * The quickest way that devices allow, unless the system property {@code keizoku.ranks=copy} asks
   * that ranks on processors copy, as those on GPUs do.
   */
  public static RankMemory of(List<Device> devices) {
    var shared =
        devices.size() > 1
            && devices.stream().noneMatch(Device::isGpu)
            && !"copy".equals(System.getProperty("keizoku.ranks"));
    return shared ? SHARED : SEPARATE;
  }
}
