/**
 * Copies between the memories of ranks beside what the ranks compute, and the order of the two: who
 * may read what after which event. {@link dev.keizoku.llm.torch.stream.CopyStream} is all that is
 * known of it elsewhere. Of its module it imports {@code torch}, {@code torch.library}.
 */
package dev.keizoku.llm.torch.stream;
