package dev.keizoku.llm.torch;

import dev.keizoku.llm.torch.library.LibTorch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Causal attention on CUDA devices, all documents of a batch in one call, without autograd: ATen's
 * flash attention for bf16, its memory-efficient one for fp32. Queries and results are [T, H, d],
 * keys and values [T, Hkv, d]; the last dimension is dense. Dropout is 0. The functions are the
 * same in libtorch 2.7.1 and 2.11.
 */
public final class PackedAttentionCalls {
  private static final String CUDA = "aoti_torch_cuda_";
  private static final MethodHandle FLASH =
      LibTorch.shim(CUDA + "_flash_attention_forward", "LLLLLLLDIILLLLLLLLLL");
  private static final MethodHandle FLASH_BACKWARD =
      LibTorch.shim(CUDA + "_flash_attention_backward", "LLLLLLLLLLDILLLLLLLL");
  private static final MethodHandle EFFICIENT =
      LibTorch.shim(CUDA + "_efficient_attention_forward", "LLLLLLLLDLILLLLLLLLL");
  private static final MethodHandle EFFICIENT_BACKWARD =
      LibTorch.shim(CUDA + "_efficient_attention_backward", "LLLLLLLLLLLDLLLILLLILLLL");
  // Where in this thread's memory results are put down, and arguments that are given by address.
  private static final long RESULTS = 0;
  private static final long STARTS = 64;
  private static final long LONGEST = 72;
  private static final long WINDOW = 80;
  private static final long ZERO = 88;
  private static final long ONE = 96;
  private static final long CAUSAL = 1;

  private PackedAttentionCalls() {}

  /**
   * The documents of a batch.
   *
   * @param starts first row of each and the number of rows, [documents + 1] int32
   * @param longest rows of the longest
   * @param window how many tokens a token sees, itself included; 0 for all before it
   */
  public record Documents(Tensor starts, long longest, long window) {}

  /**
   * Result of a forward pass.
   *
   * @param output new, of the shape of the queries
   * @param saved what the backward pass takes, beside the output
   */
  public record Result(Tensor output, List<Tensor> saved) {}

  // Puts down what is given by address.
  private static MemorySegment arguments(Documents documents) {
    var scratch = LibTorch.scratch();
    scratch.set(ValueLayout.JAVA_LONG, STARTS, documents.starts.handle());
    scratch.set(ValueLayout.JAVA_LONG, LONGEST, documents.longest);
    scratch.set(ValueLayout.JAVA_LONG, ZERO, 0);
    scratch.set(ValueLayout.JAVA_LONG, ONE, 1);
    return scratch;
  }

  private static long[] results(MemorySegment scratch, int count) {
    return scratch.asSlice(RESULTS, 8L * count).toArray(ValueLayout.JAVA_LONG);
  }

  /** Forward pass in bf16; H is a multiple of Hkv, d one of 8 and 256 at most. */
  public static Result flash(Tensor q, Tensor k, Tensor v, Documents documents) {
    var scratch = arguments(documents);
    var at = scratch.address();
    try {
      LibTorch.check(
          (int)
              FLASH.invokeExact(
                  q.handle(),
                  k.handle(),
                  v.handle(),
                  at + STARTS,
                  at + STARTS,
                  documents.longest,
                  documents.longest,
                  0.0,
                  1,
                  0,
                  0L,
                  window(scratch, documents, 0),
                  at + ZERO,
                  0L,
                  0L,
                  at + RESULTS,
                  at + RESULTS + 8,
                  at + RESULTS + 16,
                  at + RESULTS + 24,
                  at + RESULTS + 32),
          "flash attention");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    var results = results(scratch, 5);
    LibTorch.delete(results[4]);
    return result(q, results);
  }

  // Address of how many keys a query sees, itself counted or not; without a window, none.
  private static long window(MemorySegment scratch, Documents documents, long itself) {
    scratch.set(ValueLayout.JAVA_LONG, WINDOW, documents.window - 1 + itself);
    return documents.window == 0 ? 0 : scratch.address() + WINDOW;
  }

  private static Result result(Tensor q, long[] handles) {
    var memory = q.memory();
    return new Result(
        memory.adopt(handles[0], q.type()),
        List.of(
            memory.adopt(handles[1], DataType.FLOAT32),
            memory.opaque(handles[2]),
            memory.opaque(handles[3])));
  }

  /** Gradients of {@link #flash}: of queries, keys and values. */
  public static List<Tensor> flashBackward(
      Tensor gradOut, List<Tensor> qkv, Result forward, Documents documents) {
    var scratch = arguments(documents);
    var at = scratch.address();
    try {
      LibTorch.check(
          (int)
              FLASH_BACKWARD.invokeExact(
                  gradOut.handle(),
                  qkv.get(0).handle(),
                  qkv.get(1).handle(),
                  qkv.get(2).handle(),
                  forward.output.handle(),
                  forward.saved.get(0).handle(),
                  documents.starts.handle(),
                  documents.starts.handle(),
                  documents.longest,
                  documents.longest,
                  0.0,
                  1,
                  forward.saved.get(1).handle(),
                  forward.saved.get(2).handle(),
                  0L,
                  window(scratch, documents, 0),
                  at + ZERO,
                  at + RESULTS,
                  at + RESULTS + 8,
                  at + RESULTS + 16),
          "flash attention backward");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    return gradients(gradOut, results(scratch, 3));
  }

  /** Forward pass in fp32, all tensors [1, T, H, d]: as many key heads as query heads. */
  public static Result efficient(Tensor q, Tensor k, Tensor v, Documents documents) {
    var scratch = arguments(documents);
    var at = scratch.address();
    try {
      LibTorch.check(
          (int)
              EFFICIENT.invokeExact(
                  q.handle(),
                  k.handle(),
                  v.handle(),
                  0L,
                  at + STARTS,
                  at + STARTS,
                  at + LONGEST,
                  at + LONGEST,
                  0.0,
                  CAUSAL,
                  1,
                  0L,
                  0L,
                  window(scratch, documents, 1),
                  at + RESULTS,
                  at + RESULTS + 8,
                  at + RESULTS + 16,
                  at + RESULTS + 24,
                  at + RESULTS + 32,
                  at + RESULTS + 40),
          "memory-efficient attention");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    return result(q, results(scratch, 4));
  }

  /** Gradients of {@link #efficient}; keys are not split, so that their order is fixed. */
  public static List<Tensor> efficientBackward(
      Tensor gradOut, List<Tensor> qkv, Result forward, Documents documents) {
    var scratch = arguments(documents);
    var at = scratch.address();
    try {
      LibTorch.check(
          (int)
              EFFICIENT_BACKWARD.invokeExact(
                  gradOut.handle(),
                  qkv.get(0).handle(),
                  qkv.get(1).handle(),
                  qkv.get(2).handle(),
                  0L,
                  forward.output.handle(),
                  at + STARTS,
                  at + STARTS,
                  documents.longest,
                  documents.longest,
                  forward.saved.get(0).handle(),
                  0.0,
                  forward.saved.get(1).handle(),
                  forward.saved.get(2).handle(),
                  CAUSAL,
                  0,
                  0L,
                  at + ONE,
                  window(scratch, documents, 1),
                  0,
                  at + RESULTS,
                  at + RESULTS + 8,
                  at + RESULTS + 16,
                  at + RESULTS + 24),
          "memory-efficient attention backward");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
    var results = results(scratch, 4);
    LibTorch.delete(results[3]);
    return gradients(gradOut, results);
  }

  private static List<Tensor> gradients(Tensor like, long[] handles) {
    var memory = like.memory();
    return List.of(
        memory.adopt(handles[0], like.type()),
        memory.adopt(handles[1], like.type()),
        memory.adopt(handles[2], like.type()));
  }
}
