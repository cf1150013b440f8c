package dev.keizoku.trainer.checkpoint;

import ai.djl.Device;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.Gpus;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A checkpoint in host memory, of which GPUs' copies are made directly into pinned pages. Allocated
 * once: a checkpoint of the same run has the same sizes.
 */
public final class MemoryCopy implements LocalCopy {
  private final List<Area> areas = new ArrayList<>();
  // A run that fails closes this under an upload's hands.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** A rank's file. */
  private record Area(DeviceMemory memory, Tensor values, boolean pinned) {
    static Area of(long bytes) {
      var memory = new DeviceMemory(Device.cpu());
      var values = memory.empty(DataType.FLOAT32, bytes / Float.BYTES);
      return new Area(memory, values, Gpus.pin(values.address(), bytes));
    }

    long bytes() {
      return values.elements() * Float.BYTES;
    }

    MemorySegment segment() {
      return HostCopy.segment(values);
    }

    void free() {
      if (pinned) {
        Gpus.unpin(values.address());
      }
      memory.close();
    }
  }

  @Override
  public void make(List<Long> bytes) {
    if (areas.stream().map(Area::bytes).toList().equals(bytes)) {
      return;
    }
    close();
    bytes.forEach(size -> areas.add(Area.of(size)));
  }

  @Override
  public void write(int file, long at, Tensor values) {
    var area = areas.get(file);
    try (var scope = area.memory().scope()) {
      AtenCalls.copy(area.values().narrow(0, at / Float.BYTES, values.elements()), values);
    }
  }

  @Override
  public void write(int file, long at, byte[] bytes, int count) {
    areas
        .get(file)
        .segment()
        .asSlice(at, count)
        .copyFrom(MemorySegment.ofArray(bytes).asSlice(0, count));
  }

  @Override
  public void read(int file, long at, ByteBuffer target) {
    lock.readLock().lock();
    try {
      if (areas.isEmpty()) {
        throw new IllegalStateException("the copy of the checkpoint was given up");
      }
      var from = areas.get(file).segment().asSlice(at, target.remaining());
      MemorySegment.ofBuffer(target).copyFrom(from);
      target.position(target.limit());
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void read(int file, long at, Tensor target) {
    var area = areas.get(file);
    try (var scope = target.memory().scope()) {
      var values = target.memory().alias(area.values());
      AtenCalls.copy(target, values.narrow(0, at / Float.BYTES, target.elements()));
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      areas.forEach(Area::free);
      areas.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
