package dev.keizoku.llm.torch.stream;

import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;

/**
 * Copies into one rank's memory, in their order, while the rank computes. Called by the rank's own
 * thread.
 *
 * <p>What a copy writes may not be read, and what it reads may not be changed or freed, before its
 * event is awaited: by the rank that reads, or that changes. What a copy overwrites it does not
 * touch before all is done that the rank was given to compute until then, so a buffer that was
 * freed or read to the end may be the target at once.
 */
public interface CopyStream extends AutoCloseable {

  /** The point up to which some rank's work is done. May be awaited by any rank. */
  interface Event {}

  /**
   * Something to be copied.
   *
   * @param tensor contiguous, of any rank
   * @param ready from when on it is what it should be
   */
  record Shown(Tensor tensor, Event ready) {
    /** A part of it, which is ready when it is. */
    public Shown part(Tensor part) {
      return new Shown(part, ready);
    }
  }

  /** All that this rank was given to compute up to now. */
  Event computed();

  /**
   * Copies, once the source is ready.
   *
   * @param target of this rank, contiguous, as long as the source and of its type
   * @return done with this copy and those before it
   */
  Event copy(Tensor target, Shown source);

  /** Whatever this rank computes from now on comes after the event. The thread need not wait. */
  void await(Event event);

  /** Waits on this thread until the event is there. */
  void join(Event event);

  @Override
  void close();

  /**
   * The form for tensors of that memory; in host memory, with the system property {@code
   * keizoku.copies=late}, that of {@link #late}.
   */
  static CopyStream into(DeviceMemory memory) {
    return memory.isHost()
        ? new HostStream(memory, "late".equals(System.getProperty("keizoku.copies")))
        : new CudaStream(memory);
  }

  /**
   * A form in host memory that is as unkind as the order allows: what a copy will write is made NaN
   * at once, and nothing is copied before somebody awaits it. Whoever reads too early computes with
   * NaN, and whoever changes a source too early has the change copied.
   */
  static CopyStream late(DeviceMemory memory) {
    return new HostStream(memory, true);
  }

  /** Whether source and target can be copied byte by byte. */
  static void check(Tensor target, Tensor source) {
    if (target.type() != source.type()
        || target.elements() != source.elements()
        || !target.isContiguous()
        || !source.isContiguous()) {
      throw new IllegalArgumentException("cannot copy %s to %s".formatted(source, target));
    }
  }
}
