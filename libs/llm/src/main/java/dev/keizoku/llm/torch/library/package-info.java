/**
 * The native libraries: where libtorch is loaded from, its functions by name through {@code
 * java.lang.foreign}, and what the CUDA runtime that came with it says of the GPUs. Knows no
 * tensor. Of its module it imports nothing.
 */
package dev.keizoku.llm.torch.library;
