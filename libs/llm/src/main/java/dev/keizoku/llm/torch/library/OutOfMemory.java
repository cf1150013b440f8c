package dev.keizoku.llm.torch.library;

import ai.djl.Device;

/** A device has no room for a tensor, or for what an operator needs beside its tensors. */
public final class OutOfMemory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * There is no room.
   *
   * @param device whose memory is full
   * @param bytes that were asked for; 0 when that is not known
   */
  public OutOfMemory(Device device, long bytes) {
    super(
        bytes == 0
            ? "no memory left on %s".formatted(device)
            : "no %d MiB left on %s".formatted(Math.ceilDiv(bytes, 1L << 20), device));
  }
}
