package dev.keizoku.llm.torch;

import static dev.keizoku.llm.torch.library.NativeArguments.dim;
import static dev.keizoku.llm.torch.library.NativeArguments.dims;
import static dev.keizoku.llm.torch.library.NativeArguments.noType;
import static dev.keizoku.llm.torch.library.NativeArguments.scalar;

import dev.keizoku.llm.torch.library.LibTorch;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The ATen operators, for tensors of any device. Results go into tensors that the caller made, so
 * the caller alone decides what memory a step takes; a trailing {@code InPlace} changes the first
 * argument. Matrices are {@code [rows, columns]} and may be strided views.
 */
public final class AtenCalls {
  private static final String OPS = "_ZN2at4_ops";

  /**
   * Elements of a converted copy that stays in a processor's cache; its sums of two types make one.
   */
  private static final long CACHED = 1L << 18;

  private static final MethodHandle ADDMM = LibTorch.shim("aoti_torch_addmm_out", "LLLLFF");
  private static final MethodHandle MM = LibTorch.shim("aoti_torch_mm_out", "LLL");
  private static final MethodHandle COPY = LibTorch.shim("aoti_torch_copy_", "LLI");
  private static final MethodHandle ZERO = LibTorch.shim("aoti_torch_zero_", "L");

  private static final MethodHandle ADD =
      op("11add__Tensor4callERNS_6TensorERKS2_RKN3c106ScalarE", "LLL");
  private static final MethodHandle ADD_SCALAR =
      op("11add__Scalar4callERNS_6TensorERKN3c106ScalarES7_", "LLL");
  private static final MethodHandle MUL_OUT = op("7mul_out4callERKNS_6TensorES4_RS2_", "LLL");
  private static final MethodHandle MUL_SCALAR =
      op("11mul__Scalar4callERNS_6TensorERKN3c106ScalarE", "LL");
  private static final MethodHandle ADDCMUL =
      op("8addcmul_4callERNS_6TensorERKS2_S5_RKN3c106ScalarE", "LLLL");
  private static final MethodHandle RSQRT = op("6rsqrt_4callERNS_6TensorE", "L");
  private static final MethodHandle EXP = op("4exp_4callERNS_6TensorE", "L");
  private static final MethodHandle SILU = op("8silu_out4callERKNS_6TensorERS2_", "LL");
  private static final MethodHandle SILU_BACKWARD =
      op("24silu_backward_grad_input4callERKNS_6TensorES4_RS2_", "LLL");
  private static final MethodHandle SUM =
      op(
          "15sum_IntList_out4callERKNS_6TensorEN3c1016OptionalArrayRefIlEEbSt8optional"
              + "INS5_10ScalarTypeEERS2_",
          "LOZSL");
  private static final MethodHandle NORM =
      op(
          "22linalg_vector_norm_out4callERKNS_6TensorERKN3c106ScalarENS5_16OptionalArrayRefIlEEb"
              + "St8optionalINS5_10ScalarTypeEERS2_",
          "LLOZSL");
  private static final MethodHandle LOG_SOFTMAX =
      op("16_log_softmax_out4callERKNS_6TensorElbRS2_", "LLZL");
  private static final MethodHandle ARGMAX =
      op("10argmax_out4callERKNS_6TensorESt8optionalIlEbRS2_", "LPZL");
  private static final MethodHandle GATHER =
      op("10gather_out4callERKNS_6TensorElS4_bRS2_", "LLLZL");
  private static final MethodHandle SCATTER_ADD =
      op("12scatter_add_4callERNS_6TensorElRKS2_S5_", "LLLL");
  private static final MethodHandle INDEX_SELECT =
      op("16index_select_out4callERKNS_6TensorElS4_RS2_", "LLLL");
  private static final MethodHandle INDEX_ADD =
      op("10index_add_4callERNS_6TensorElRKS2_S5_RKN3c106ScalarE", "LLLLL");

  private AtenCalls() {}

  private static MethodHandle op(String name, String parameters) {
    return LibTorch.function(OPS + name, parameters, 'L');
  }

  /** {@code out = a b}; {@code a} is [M, K], {@code b} [K, N], {@code out} [M, N]. */
  public static void mm(Tensor out, Tensor a, Tensor b) {
    checkProduct(out, a, b);
    try {
      LibTorch.check((int) MM.invokeExact(out.handle(), a.handle(), b.handle()), "mm");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /**
   * {@code out = beta self + alpha a b}; {@code self} may be {@code out} itself, or a vector [N]
   * that is added to every row.
   */
  public static void addmm(Tensor out, Tensor self, Tensor a, Tensor b, float beta, float alpha) {
    checkProduct(out, a, b);
    try {
      LibTorch.check(
          (int) ADDMM.invokeExact(out.handle(), self.handle(), a.handle(), b.handle(), beta, alpha),
          "addmm");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  // A wrong shape would make libtorch allocate another result and leave ours as it was.
  private static void checkProduct(Tensor out, Tensor a, Tensor b) {
    if (a.dim(1) != b.dim(0) || out.dim(0) != a.dim(0) || out.dim(1) != b.dim(1)) {
      throw new IllegalArgumentException("no product: %s = %s x %s".formatted(out, a, b));
    }
  }

  private static void checkSame(Tensor a, Tensor b) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      throw new IllegalArgumentException("shapes differ: %s, %s".formatted(a, b));
    }
  }

  /** Copies {@code source} into {@code target}: converts the type, crosses devices, broadcasts. */
  public static void copy(Tensor target, Tensor source) {
    try {
      LibTorch.check((int) COPY.invokeExact(target.handle(), source.handle(), 0), "copy_");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Sets every element to 0. */
  public static void zero(Tensor tensor) {
    try {
      LibTorch.check((int) ZERO.invokeExact(tensor.handle()), "zero_");
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** {@code self += alpha other}; {@code other} is broadcast. */
  public static void addInPlace(Tensor self, Tensor other, double alpha) {
    call(ADD, self.handle(), other.handle(), scalar(0, alpha));
  }

  /** {@code self += other}, two contiguous tensors of as many elements and any float types. */
  public static void accumulate(Tensor self, Tensor other) {
    var elements = self.elements();
    var part = self.memory().isHost() && self.type() != other.type() ? CACHED : elements;
    var sum = self.view(elements);
    var term = other.view(elements);
    for (long done = 0; done < elements; done += part) {
      var length = Math.min(part, elements - done);
      addInPlace(sum.narrow(0, done, length), term.narrow(0, done, length), 1);
    }
  }

  /** {@code self += value}. */
  public static void addInPlace(Tensor self, double value) {
    call(ADD_SCALAR, self.handle(), scalar(0, value), scalar(1, 1));
  }

  /** {@code out = a * b}, element by element, broadcast to {@code out}'s shape. */
  public static void mul(Tensor out, Tensor a, Tensor b) {
    call(MUL_OUT, a.handle(), b.handle(), out.handle());
  }

  /** {@code self *= factor}. */
  public static void mulInPlace(Tensor self, double factor) {
    try {
      var ignored = (long) MUL_SCALAR.invokeExact(self.handle(), scalar(0, factor));
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** {@code self += value a * b}, broadcast. */
  public static void addcmulInPlace(Tensor self, Tensor a, Tensor b, double value) {
    call(ADDCMUL, self.handle(), a.handle(), b.handle(), scalar(0, value));
  }

  /** {@code self = 1 / sqrt(self)}. */
  public static void rsqrtInPlace(Tensor self) {
    call(RSQRT, self.handle());
  }

  /** {@code self = exp(self)}. */
  public static void expInPlace(Tensor self) {
    call(EXP, self.handle());
  }

  /** {@code out = x sigmoid(x)}. */
  public static void silu(Tensor out, Tensor x) {
    checkSame(out, x);
    try {
      var ignored = (long) SILU.invokeExact(x.handle(), out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Gradient of {@link #silu} at {@code x}: {@code gradInput = gradOutput silu'(x)}. */
  public static void siluBackward(Tensor gradInput, Tensor gradOutput, Tensor x) {
    checkSame(gradInput, x);
    checkSame(gradOutput, x);
    call(SILU_BACKWARD, gradOutput.handle(), x.handle(), gradInput.handle());
  }

  /** Sum over one dimension, which {@code out} keeps with length 1 if {@code keep}. */
  public static void sum(Tensor out, Tensor x, int dim, boolean keep) {
    try {
      var ignored = (long) SUM.invokeExact(x.handle(), dims(dim), keep, noType(), out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Euclidean norm over the last dimension, which {@code out} keeps with length 1. */
  public static void norm(Tensor out, Tensor x) {
    try {
      var ignored =
          (long)
              NORM.invokeExact(
                  x.handle(), scalar(0, 2), dims(x.rank() - 1), true, noType(), out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** Log-probabilities over the last dimension; {@code out} may be {@code x} itself. */
  public static void logSoftmax(Tensor out, Tensor x) {
    checkSame(out, x);
    try {
      var ignored = (long) LOG_SOFTMAX.invokeExact(x.handle(), x.rank() - 1L, false, out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /**
   * {@code out[i]} int64, the place of the largest number of row {@code i}, the first of equals.
   */
  public static void argmax(Tensor out, Tensor x) {
    if (x.rank() != 2 || out.rank() != 1 || out.dim(0) != x.dim(0)) {
      throw new IllegalArgumentException("%s has no room for rows of %s".formatted(out, x));
    }
    try {
      var ignored = (long) ARGMAX.invokeExact(x.handle(), dim(1), false, out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** {@code out[i][j] = x[i][index[i][j]]}; {@code out} has the shape of {@code index}. */
  public static void gather(Tensor out, Tensor x, Tensor index) {
    checkSame(out, index);
    try {
      var ignored = (long) GATHER.invokeExact(x.handle(), 1L, index.handle(), false, out.handle());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  /** {@code self[i][index[i][j]] += source[i][j]}. */
  public static void scatterAddInPlace(Tensor self, Tensor index, Tensor source) {
    checkSame(index, source);
    call(SCATTER_ADD, self.handle(), 1L, index.handle(), source.handle());
  }

  /** {@code out[i] = x[index[i]]} by rows. */
  public static void indexSelect(Tensor out, Tensor x, Tensor index) {
    if (out.dim(0) != index.dim(0) || out.elements() / out.dim(0) != x.elements() / x.dim(0)) {
      throw new IllegalArgumentException("cannot select %s of %s".formatted(out, x));
    }
    call(INDEX_SELECT, x.handle(), 0L, index.handle(), out.handle());
  }

  /** {@code self[index[i]] += source[i]} by rows, in the order of {@code i}. */
  public static void indexAddInPlace(Tensor self, Tensor index, Tensor source) {
    try {
      var ignored =
          (long)
              INDEX_ADD.invokeExact(
                  self.handle(), 0L, index.handle(), source.handle(), scalar(0, 1));
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static void call(MethodHandle op, long a) {
    try {
      var ignored = (long) op.invokeExact(a);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static void call(MethodHandle op, long a, long b, long c) {
    try {
      var ignored = (long) op.invokeExact(a, b, c);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static void call(MethodHandle op, long a, long b, long c, long d) {
    try {
      var ignored = (long) op.invokeExact(a, b, c, d);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }
}
