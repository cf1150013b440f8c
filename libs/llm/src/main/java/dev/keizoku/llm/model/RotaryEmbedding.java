package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;

/**
 * Rotary position embedding in the half-split layout of Hugging Face. Source: Su et al. 2021,
 * equation 34.
 *
 * @param cosine [T, 1, d / 2] fp32
 * @param sine [T, 1, d / 2] fp32
 */
record RotaryEmbedding(Tensor cosine, Tensor sine) {

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
   */
  void rotate(Tensor target, Tensor source) {
    rotate(target, source, 1);
  }

  /** The gradient of {@link #rotate}: turns back. */
  void rotateBack(Tensor target, Tensor source) {
    rotate(target, source, -1);
  }

  private void rotate(Tensor target, Tensor source, int direction) {
    var half = source.dim(2) / 2;
    try (var scope = source.memory().scope()) {
      var work =
          target.type() == DataType.FLOAT32
              ? target
              : target.memory().empty(DataType.FLOAT32, target.shape());
      var x1 = source.narrow(2, 0, half);
      var x2 = source.narrow(2, half, half);
      var y1 = work.narrow(2, 0, half);
      var y2 = work.narrow(2, half, half);
      AtenCalls.mul(y1, x1, cosine);
      AtenCalls.addcmulInPlace(y1, x2, sine, -direction);
      AtenCalls.mul(y2, x2, cosine);
      AtenCalls.addcmulInPlace(y2, x1, sine, direction);
      if (work != target) {
        AtenCalls.copy(target, work);
      }
    }
  }
}
