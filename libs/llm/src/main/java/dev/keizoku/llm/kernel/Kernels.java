package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.Tensor;

/**
 * The operations between matrix products. Arguments are fp32 or bf16, results are computed in fp32
 * and rounded once; only ATen's gate rounds between its steps, as other libraries do. Suffixes: T
 * rows, D columns, F intermediate size, H heads, h head size, V vocabulary.
 */
public interface Kernels {

  /** The kernels for tensors where {@code like} is. */
  static Kernels on(Tensor like) {
    return like.memory().isHost() && HostKernels.AVAILABLE
        ? HostKernels.VECTOR
        : AtenKernels.INSTANCE;
  }

  /** Whether rows in host memory are worked on in vectors here. */
  static boolean inVectors() {
    return HostKernels.AVAILABLE;
  }

  /**
   * {@code y = x w / sqrt(mean(x^2) + eps)} by rows. Source: Zhang and Sennrich 2019, equation 4.
   *
   * @param y result, [..., D] contiguous
   * @param scale result, [..., 1] fp32: {@code 1 / sqrt(mean(x^2) + eps)}
   * @param x [..., D]; may be strided
   * @param weight [D]
   */
  void rmsNorm(Tensor y, Tensor scale, Tensor x, Tensor weight, double epsilon);

  /**
   * Gradients of {@link #rmsNorm}.
   *
   * @param dx result, [..., D] fp32 contiguous: the gradient of {@code x} plus {@code residual}
   * @param gradWeight [D], added to
   * @param dy [..., D]; may be strided
   * @param residual [..., D] fp32 contiguous, what else flows into {@code x}; null for nothing
   */
  void rmsNormBackward(
      Tensor dx, Tensor gradWeight, Tensor dy, Norm norm, Tensor weight, Tensor residual);

  /**
   * What a norm's backward pass needs of its forward pass.
   *
   * @param x its input
   * @param scale its second result
   */
  record Norm(Tensor x, Tensor scale) {}

  /**
   * {@code out = silu(gate) up}. Source: Shazeer 2020, "SwiGLU".
   *
   * @param out result, [T, F] contiguous
   * @param gateUp [T, 2F] contiguous, gate and up side by side
   */
  void gate(Tensor out, Tensor gateUp);

  /**
   * Gradients of {@link #gate}.
   *
   * @param gradGateUp result, [T, 2F] contiguous
   * @param gradOut [T, F] contiguous; becomes the forward pass's result, which costs nothing here
   *     and so need not be kept
   */
  void gateBackward(Tensor gradGateUp, Tensor gradOut, Tensor gateUp);

  /**
   * Turns pairs {@code (x[i], x[i + h / 2])} of every head by the angles of its row.
   *
   * @param target result, [T, H, h]; may be strided; not {@code source}
   * @param source [T, H, h]; may be strided
   * @param cosine [T, 1, h / 2] fp32
   * @param sine [T, 1, h / 2] fp32
   * @param direction 1, or -1 to turn back
   */
  void rotate(Tensor target, Tensor source, Tensor cosine, Tensor sine, int direction);

  /**
   * {@code out = a + b}, contiguous and of one shape, {@code out} and {@code a} fp32; {@code out}
   * may be {@code a}.
   */
  void add(Tensor out, Tensor a, Tensor b);

  /**
   * Cross-entropy of logits and its gradient.
   *
   * @param logits [T, V] contiguous; becomes the gradient {@code scale (softmax - onehot)}, 0 in
   *     rows that are not scored
   * @param targets the token after each row; below 0 is not scored
   * @return the negative log-likelihood of each row, nats; 0 where nothing is scored
   */
  float[] crossEntropy(Tensor logits, int[] targets, double scale);
}
