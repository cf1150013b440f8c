package dev.keizoku.llm.config;

/**
 * One trained tensor.
 *
 * @param name its Hugging Face name, for instance {@code model.layers.0.mlp.up_proj.weight}
 * @param shape [out, in] for a matrix, [n] for a norm or a bias
 * @param offset of its first element in the unit's flat buffer
 */
public record ParameterSpec(String name, long[] shape, long offset) {

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (var length : shape) {
      product *= length;
    }
    return product;
  }

  /** Weight decay applies to matrices, not to norms and biases. */
  public boolean decayed() {
    return shape.length > 1;
  }

  /** True for a norm's scale, which starts at 1. */
  public boolean isNorm() {
    return shape.length == 1 && name.endsWith("norm.weight");
  }
}
