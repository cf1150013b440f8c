package dev.keizoku.llm.kernel;

/**
 * Whether the Vector API serves here: its module is there and the processor has 512-bit vectors.
 * Narrower ones were never measured, so ATen's kernels run there. The system property {@code
 * keizoku.kernels=aten} asks for those everywhere.
 */
final class HostKernels {
  static final boolean AVAILABLE =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && !"aten".equals(System.getProperty("keizoku.kernels"))
          && Rows.LANES >= 16;

  /** Only to be touched when {@link #AVAILABLE}. */
  static final Kernels VECTOR = AVAILABLE ? new VectorKernels() : null;

  private HostKernels() {}
}
