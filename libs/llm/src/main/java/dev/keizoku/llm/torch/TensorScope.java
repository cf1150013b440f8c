package dev.keizoku.llm.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * Owns the tensors (and views) made while it is the innermost scope of its {@link DeviceMemory},
 * and frees them when it is closed. Confined to the rank's thread.
 */
public final class TensorScope implements AutoCloseable {
  private final DeviceMemory memory;
  private final List<Tensor> tensors = new ArrayList<>();

  TensorScope(DeviceMemory memory) {
    this.memory = memory;
  }

  void own(Tensor tensor) {
    tensor.scope = this;
    tensors.add(tensor);
  }

  /**
   * Hands a tensor to the scope around this one, so that it outlives this scope.
   *
   * @return the same tensor
   */
  public Tensor keep(Tensor tensor) {
    memory.around(this).own(tensor);
    return tensor;
  }

  /**
   * Stops collecting new tensors without freeing the ones here: for activations that wait for the
   * backward pass. {@link #close} frees them later.
   *
   * @return this scope
   */
  public TensorScope leave() {
    memory.leave(this);
    return this;
  }

  /** Frees every tensor that is still this scope's; stops collecting if it still does. */
  @Override
  public void close() {
    memory.leave(this);
    for (var tensor : tensors) {
      if (tensor.scope == this) {
        tensor.free();
      }
    }
    tensors.clear();
  }
}
