package dev.keizoku.llm.torch.stream;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.CudaRuntime;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Copies by a stream of the target's device, which does not know the device's default stream but by
 * events. Not seen on several devices.
 */
final class CudaStream implements CopyStream {
  private final DeviceMemory memory;
  private final int device;
  private final long stream;
  // Devices that were read from.
  private final Set<Integer> peers = new HashSet<>();

  /** An event of the CUDA runtime, which ends with this object. */
  private static final class Recorded implements Event {
    private final OwnedHandle handle;

    Recorded(int device, long stream) {
      handle = new OwnedHandle(CudaRuntime.event(device), CudaRuntime::destroyEvent);
      handle.use(event -> CudaRuntime.record(event, stream));
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
    waitFor(source.ready(), stream);
    waitFor(computed(), stream);
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
    waitFor(event, CudaRuntime.currentStream(device));
  }

  @Override
  public void join(Event event) {
    use(event, CudaRuntime::synchronize);
  }

  private static void waitFor(Event event, long stream) {
    use(event, recorded -> CudaRuntime.wait(stream, recorded));
  }

  private static void use(Event event, LongConsumer call) {
    ((Recorded) event).handle.use(call);
  }

  @Override
  public void close() {
    CudaRuntime.destroyStream(stream);
  }
}
