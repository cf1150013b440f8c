package dev.keizoku.llm.torch.stream;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.CudaRuntime;
import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.Set;

/**
 * Copies by a stream of the target's device, which does not know the device's default stream but by
 * events. Not seen on several devices.
 */
final class CudaStream implements CopyStream {
  private static final Cleaner CLEANER = Cleaner.create();

  private final DeviceMemory memory;
  private final int device;
  private final long stream;
  // Devices that were read from.
  private final Set<Integer> peers = new HashSet<>();

  /** An event of the CUDA runtime, which ends with this object. */
  private static final class Recorded implements Event {
    private final long handle;

    Recorded(int device, long stream) {
      handle = CudaRuntime.event(device);
      var ended = handle;
      CLEANER.register(this, () -> CudaRuntime.destroyEvent(ended));
      CudaRuntime.record(handle, stream);
    }
  }

  CudaStream(DeviceMemory memory) {
    this.memory = memory;
    device = memory.device().getDeviceId();
    stream = CudaRuntime.stream(device);
  }

  @Override
  public Event computed() {
    return new Recorded(device, CudaRuntime.currentStream(device));
  }

  @Override
  public Event copy(Tensor target, Shown source) {
    CopyStream.check(target, source.tensor());
    var from = source.tensor().memory().device().getDeviceId();
    if (peers.add(from) && from != device) {
      reach(source.tensor());
    }
    CudaRuntime.wait(stream, handle(source.ready()));
    CudaRuntime.wait(stream, handle(computed()));
    var bytes = target.elements() * target.type().bytes();
    CudaRuntime.copy(target.address(), device, source.tensor().address(), from, bytes, stream);
    return new Recorded(device, stream);
  }

  // ATen's own copy lets two devices see each other's memory, where they can; ours would go through
  // the host without that.
  private void reach(Tensor peer) {
    try (var scope = memory.scope()) {
      var one = memory.empty(peer.type(), 1);
      AtenCalls.copy(one, memory.alias(peer).narrow(0, 0, 1));
    }
  }

  @Override
  public void await(Event event) {
    CudaRuntime.wait(CudaRuntime.currentStream(device), handle(event));
  }

  @Override
  public void join(Event event) {
    CudaRuntime.synchronize(handle(event));
  }

  private static long handle(Event event) {
    return ((Recorded) event).handle;
  }

  @Override
  public void close() {
    CudaRuntime.destroyStream(stream);
  }
}
