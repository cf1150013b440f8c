package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Scaled dot-product attention of ATen. Queries are [B, H, L, d], keys and values [B, H, S, d]; a
 * stride of 0 over H shares a key head between query heads. Dropout is 0.
 */
public final class AttentionCalls {
  private static final String FLASH = "aoti_torch_cpu__scaled_dot_product_flash_attention_for_cpu";
  private static final MethodHandle FORWARD = LibTorch.shim(FLASH, "LLLDILLLL");
  private static final MethodHandle BACKWARD = LibTorch.shim(FLASH + "_backward", "LLLLLLDILLLLL");
  private static final MethodHandle DISPATCH = LibTorch.shim("aoti_torch_call_dispatcher", "LLL");
  private static final MemorySegment SDPA =
      Arena.global().allocateFrom("aten::scaled_dot_product_attention");
  private static final MemorySegment NO_OVERLOAD = Arena.global().allocateFrom("");

  private AttentionCalls() {}

  /**
   * Result of the forward pass.
   *
   * @param output [B, H, L, d]
   * @param logSumExp [B, H, L] fp32, for the backward pass
   */
  public record Flash(Tensor output, Tensor logSumExp) {}

  /**
   * Flash attention on a CPU.
   *
   * @param causal position i sees keys 0 to i
   * @param mask added to the scores, [B or 1, H or 1, L, S]; null for none
   */
  public static Flash flash(Tensor q, Tensor k, Tensor v, boolean causal, Tensor mask) {
    var memory = q.memory();
    var scratch = LibTorch.scratch();
    scratch.set(ValueLayout.JAVA_LONG, 16, mask == null ? 0 : mask.handle());
    try {
      LibTorch.check(
          (int)
              FORWARD.invokeExact(
                  q.handle(),
                  k.handle(),
                  v.handle(),
                  0.0,
                  causal ? 1 : 0,
                  mask == null ? 0L : scratch.address() + 16,
                  0L,
                  scratch.address(),
                  scratch.address() + 8),
          "flash attention");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    var output = scratch.get(ValueLayout.JAVA_LONG, 0);
    var logSumExp = scratch.get(ValueLayout.JAVA_LONG, 8);
    return new Flash(memory.adopt(output, q.type()), memory.adopt(logSumExp, DataType.FLOAT32));
  }

  /**
   * Gradients of {@link #flash}: of q, k and v, each [B, H, L or S, d].
   *
   * @param gradOutput [B, H, L, d]
   * @param output what the forward pass gave, same shape
   * @param mask as in the forward pass
   */
  public static Tensor[] flashBackward(
      Tensor gradOutput,
      Tensor[] qkv,
      Tensor output,
      Tensor logSumExp,
      boolean causal,
      Tensor mask) {
    var memory = gradOutput.memory();
    var scratch = LibTorch.scratch();
    scratch.set(ValueLayout.JAVA_LONG, 24, mask == null ? 0 : mask.handle());
    try {
      LibTorch.check(
          (int)
              BACKWARD.invokeExact(
                  gradOutput.handle(),
                  qkv[0].handle(),
                  qkv[1].handle(),
                  qkv[2].handle(),
                  output.handle(),
                  logSumExp.handle(),
                  0.0,
                  causal ? 1 : 0,
                  mask == null ? 0L : scratch.address() + 24,
                  0L,
                  scratch.address(),
                  scratch.address() + 8,
                  scratch.address() + 16),
          "flash attention backward");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    var handles = scratch.asSlice(0, 24).toArray(ValueLayout.JAVA_LONG);
    var gradients = new Tensor[3];
    for (var i = 0; i < 3; i++) {
      gradients[i] = memory.adopt(handles[i], qkv[i].type());
    }
    return gradients;
  }

  /**
   * {@code aten::scaled_dot_product_attention} on any device, through the dispatcher, so that ATen
   * chooses the kernel.
   */
  public static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, boolean causal, Tensor mask) {
    try (var arena = Arena.ofConfined()) {
      var stack = arena.allocate(8 * 8);
      stack.setAtIndex(ValueLayout.JAVA_LONG, 0, LibTorch.newHandle(q.handle()));
      stack.setAtIndex(ValueLayout.JAVA_LONG, 1, LibTorch.newHandle(k.handle()));
      stack.setAtIndex(ValueLayout.JAVA_LONG, 2, LibTorch.newHandle(v.handle()));
      stack.setAtIndex(ValueLayout.JAVA_LONG, 3, mask == null ? 0 : boxed(mask));
      stack.setAtIndex(ValueLayout.JAVA_LONG, 4, Double.doubleToRawLongBits(0.0));
      stack.setAtIndex(ValueLayout.JAVA_LONG, 5, causal ? 1 : 0);
      stack.setAtIndex(ValueLayout.JAVA_LONG, 6, 0);
      stack.setAtIndex(ValueLayout.JAVA_LONG, 7, 0);
      LibTorch.check(
          (int) DISPATCH.invokeExact(SDPA.address(), NO_OVERLOAD.address(), stack.address()),
          "scaled_dot_product_attention");
      var handle = stack.getAtIndex(ValueLayout.JAVA_LONG, 0);
      return q.memory().adopt(handle, q.type());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  // An optional argument is the address of a malloc'ed slot, which the call frees.
  private static long boxed(Tensor tensor) {
    return LibTorch.boxed(LibTorch.newHandle(tensor.handle()));
  }
}
