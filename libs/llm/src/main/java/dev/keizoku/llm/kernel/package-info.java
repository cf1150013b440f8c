/**
 * What a block computes besides matrix products: norms, rotation, gate, loss and attention. {@link
 * dev.keizoku.llm.kernel.Kernels} is the interface; one implementation calls ATen and runs on any
 * device, one is written with the Vector API for tensors in host memory. Of its module it imports
 * {@code torch}, {@code torch.library}.
 */
package dev.keizoku.llm.kernel;
