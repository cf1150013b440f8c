package dev.keizoku.llm.kernel;

/**
 * Whether the Vector API serves here: its module is there and the processor has vectors of 256 bits
 * or more. The system property {@code keizoku.kernels=aten} asks for ATen's kernels everywhere.
 */
final class HostKernels {
  static final boolean AVAILABLE =
      !"aten".equals(System.getProperty("keizoku.kernels"))
          && VectorModule.load()
          && Rows.LANES >= 8;

  /** Only to be touched when {@link #AVAILABLE}. */
  static final Kernels VECTOR = AVAILABLE ? new VectorKernels() : null;

  private HostKernels() {}
}
