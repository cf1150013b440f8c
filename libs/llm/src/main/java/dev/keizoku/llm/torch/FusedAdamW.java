package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.List;

/**
 * One AdamW update of a list of tensors in a single pass over memory, {@code aten::_fused_adamw_}.
 * The tensors are fixed when it is made; they must outlive it. Source: Loshchilov and Hutter 2019,
 * algorithm 2.
 */
public final class FusedAdamW {
  private static final MethodHandle UPDATE =
      LibTorch.function(
          "_ZN2at4_ops13_fused_adamw_4callEN3c108ArrayRefINS_6TensorEEES5_S5_S5_S5_S5_dddddbb"
              + "RKSt8optionalIS4_ES9_",
          "AAAAAADDDDDZZLL",
          'V');

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment parameters;
  private final MemorySegment gradients;
  private final MemorySegment firstMoments;
  private final MemorySegment secondMoments;
  private final MemorySegment none;
  private final MemorySegment steps;
  private final MemorySegment noTensor;
  private final Tensor step;

  /**
   * What one update changes.
   *
   * @param parameter fp32
   * @param gradient fp32, same shape, only read
   * @param firstMoment fp32, same shape
   * @param secondMoment fp32, same shape
   */
  public record Item(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment) {}

  /**
   * Constants of one update.
   *
   * @param step number of this update, from 1 on
   * @param learningRate of this step
   * @param weightDecay times the learning rate, taken off the parameter
   */
  public record Constants(
      long step,
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay) {}

  /** Prepares updates of {@code items}, all on one device; at least one. */
  public FusedAdamW(List<Item> items) {
    var memory = items.getFirst().parameter().memory();
    step = memory.empty(DataType.FLOAT32);
    parameters = list(items.stream().map(Item::parameter).toList());
    gradients = list(items.stream().map(Item::gradient).toList());
    firstMoments = list(items.stream().map(Item::firstMoment).toList());
    secondMoments = list(items.stream().map(Item::secondMoment).toList());
    steps = list(items.stream().map(item -> step).toList());
    none = arena.allocate(16);
    noTensor = arena.allocate(16);
  }

  // A c10::ArrayRef<at::Tensor>; an at::Tensor is one pointer, which its handle points to.
  private MemorySegment list(List<Tensor> tensors) {
    var pointers = arena.allocate(8L * tensors.size());
    for (var i = 0; i < tensors.size(); i++) {
      var handle = MemorySegment.ofAddress(tensors.get(i).handle()).reinterpret(8);
      pointers.setAtIndex(ValueLayout.JAVA_LONG, i, handle.get(ValueLayout.JAVA_LONG, 0));
    }
    var reference = arena.allocate(16);
    reference.set(ValueLayout.JAVA_LONG, 0, pointers.address());
    reference.set(ValueLayout.JAVA_LONG, 8, tensors.size());
    return reference;
  }

  /** Makes one update. */
  public void update(Constants constants) {
    AtenCalls.zero(step);
    AtenCalls.addInPlace(step, constants.step());
    try {
      UPDATE.invokeExact(
          parameters,
          gradients,
          firstMoments,
          secondMoments,
          none,
          steps,
          constants.learningRate(),
          constants.beta1(),
          constants.beta2(),
          constants.weightDecay(),
          constants.epsilon(),
          false,
          false,
          noTensor.address(),
          noTensor.address());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    } finally {
      // The lists lie in this object's memory, and the call knows only where.
      Reference.reachabilityFence(this);
    }
  }
}
