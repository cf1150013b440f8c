package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.RopeConfig;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;

/**
 * Rotary position embedding in the half-split layout of Hugging Face. Source: Su et al. 2021,
 * equation 34.
 *
 * @param cosine [T, 1, d / 2] fp32
 * @param sine [T, 1, d / 2] fp32
 */
public record RotaryEmbedding(Tensor cosine, Tensor sine) {

  /** The angles of the given positions, one for each token. */
  static RotaryEmbedding at(int[] positions, RopeConfig config, DeviceMemory memory) {
    var half = config.inverseFrequencies().length;
    var cosine = new float[positions.length * half];
    var sine = new float[positions.length * half];
    for (var t = 0; t < positions.length; t++) {
      for (var i = 0; i < half; i++) {
        // Single precision on purpose: the weights were trained with angles rounded like this.
        var angle = (float) config.inverseFrequencies()[i] * positions[t];
        cosine[t * half + i] = (float) (Math.cos(angle) * config.amplitude());
        sine[t * half + i] = (float) (Math.sin(angle) * config.amplitude());
      }
    }
    return new RotaryEmbedding(
        memory.of(cosine, positions.length, 1, half), memory.of(sine, positions.length, 1, half));
  }

  /**
   * Rotates heads.
   *
   * @param target [T, H, d], not {@code source}
   * @param source [T, H, d]
   * @throws IllegalStateException when they are on another device than the angles; on a GPU
   *     operators would say so, in host memory nothing would
   */
  public void rotate(Tensor target, Tensor source) {
    if (source.memory() != cosine.memory()) {
      throw new IllegalStateException(source + " is on another device than its angles");
    }
    Kernels.on(source).rotate(target, source, cosine, sine, 1);
  }

  /** The gradient of {@link #rotate}: turns back. */
  public void rotateBack(Tensor target, Tensor source) {
    Kernels.on(source).rotate(target, source, cosine, sine, -1);
  }
}
