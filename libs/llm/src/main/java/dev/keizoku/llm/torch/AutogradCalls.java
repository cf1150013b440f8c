package dev.keizoku.llm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gradients that ATen's own autograd computes, for operators without a backward call of ours. */
public final class AutogradCalls {
  private AutogradCalls() {}

  /**
   * Gradients of {@code function} at {@code inputs}.
   *
   * @param gradOutput gradient of its result
   * @return one tensor for each input, of its shape
   */
  public static List<Tensor> gradients(
      List<Tensor> inputs, Function<List<Tensor>, Tensor> function, Tensor gradOutput) {
    var memory = gradOutput.memory();
    try (var manager = (PtNDManager) NDManager.newBaseManager(memory.device(), "PyTorch")) {
      var leaves = new ArrayList<Tensor>();
      var arrays = new ArrayList<PtNDArray>();
      for (var input : inputs) {
        // A leaf of its own: what is recorded must not stay on the caller's tensor.
        var leaf = memory.empty(input.type(), input.shape());
        AtenCalls.copy(leaf, input);
        var array = new PtNDArray(manager, LibTorch.newHandle(leaf.handle()));
        array.setRequiresGradient(true);
        leaves.add(leaf);
        arrays.add(array);
      }
      JniUtils.setGradMode(true);
      try {
        var output = function.apply(leaves);
        var outputArray = new PtNDArray(manager, LibTorch.newHandle(output.handle()));
        var gradArray = new PtNDArray(manager, LibTorch.newHandle(gradOutput.handle()));
        JniUtils.backward(outputArray, gradArray, false, false);
      } finally {
        JniUtils.setGradMode(false);
      }
      return arrays.stream().map(array -> gradient(memory, array)).toList();
    }
  }

  private static Tensor gradient(DeviceMemory memory, PtNDArray array) {
    var type =
        array.getDataType() == ai.djl.ndarray.types.DataType.BFLOAT16
            ? DataType.BFLOAT16
            : DataType.FLOAT32;
    var gradient = (PtNDArray) array.getGradient();
    return LibTorch.adopt(memory, LibTorch.newHandle(gradient.getHandle()), type);
  }
}
