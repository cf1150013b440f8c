/**
 * What the tokens of a batch see of each other: segments, positions, caches of the past, and the
 * attention itself, with a kernel for processors, one of ATen's and one for GPUs. {@link
 * dev.keizoku.llm.model.attention.SequenceContext} is what the blocks are given. Of its module it
 * imports {@code config}, {@code kernel} and {@code torch}.
 */
package dev.keizoku.llm.model.attention;
