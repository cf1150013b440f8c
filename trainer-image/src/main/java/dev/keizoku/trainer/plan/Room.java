package dev.keizoku.trainer.plan;

import dev.keizoku.program.device.DeviceKind;

/**
 * What a rank has to fit into.
 *
 * @param name for sentences, for instance {@code A100-80GB}
 * @param usableBytes what it may use
 * @param shared true when all ranks have one memory, of which it is a part: more ranks get less
 *     each
 */
public record Room(String name, long usableBytes, boolean shared) {
  /** The JVM takes a quarter of a container's memory for its heap unless told otherwise. */
  private static final long HEAP_SHARE = 4;

  /** A GPU of that kind. */
  public static Room of(DeviceKind kind) {
    return new Room(kind.name(), kind.usableBytes(), false);
  }

  /** A CPU rank's share of a pod, whose memory limit is in bytes. */
  public static Room ofPod(long limit, int ranks) {
    return new Room(
        "a CPU rank in a pod of %s GiB".formatted(PlanText.gib(limit)),
        outsideOfHeap(limit) / ranks,
        true);
  }

  /** What a pod with that memory limit has beside the JVM's heap, in bytes. */
  public static long outsideOfHeap(long limit) {
    return limit - limit / HEAP_SHARE;
  }

  /** The limit in GiB at which a pod has so many bytes beside the heap. */
  static long podGib(long bytes) {
    return Math.ceilDiv(Math.ceilDiv(bytes * HEAP_SHARE, HEAP_SHARE - 1), 1L << 30);
  }
}
