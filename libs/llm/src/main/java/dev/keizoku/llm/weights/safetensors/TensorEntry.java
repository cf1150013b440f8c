package dev.keizoku.llm.weights.safetensors;

/**
 * A tensor in a safetensors file.
 *
 * @param type {@code F32}, {@code BF16} or {@code F16}; others are listed but cannot be read
 * @param shape row-major
 * @param begin first byte, counted from the file's begin
 * @param end one more than the last byte
 */
public record TensorEntry(String type, long[] shape, long begin, long end) {

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (var length : shape) {
      product = Math.multiplyExact(product, length);
    }
    return product;
  }
}
