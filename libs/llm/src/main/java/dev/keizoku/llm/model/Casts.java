package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;

/** Changes of element type. */
final class Casts {
  private Casts() {}

  /** The tensor itself when it has the type, else a converted copy. */
  static Tensor to(Tensor tensor, DataType type) {
    if (tensor.type() == type) {
      return tensor;
    }
    var copy = tensor.memory().empty(type, tensor.shape());
    AtenCalls.copy(copy, tensor);
    return copy;
  }
}
