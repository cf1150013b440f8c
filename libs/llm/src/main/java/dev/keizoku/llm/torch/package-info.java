/**
 * Tensors on a device: memory, scopes and the ATen operators that the model and the optimizer need,
 * called through {@code java.lang.foreign} on the libtorch that DJL loads. The only place that
 * knows DJL's engine or native addresses. Of its module it imports {@code torch.library}.
 */
package dev.keizoku.llm.torch;
