package dev.keizoku.trainer.checkpoint;

import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/**
 * The bytes of one checkpoint on this machine, a file for each rank. There is never a second one:
 * what is written next takes its place. Different files may be used by different threads.
 */
public interface LocalCopy extends FileBytes, AutoCloseable {

  /**
   * Gives up what is there and makes files of these sizes, their content undefined.
   *
   * @param bytes of each file, multiples of 4
   */
  void make(List<Long> bytes);

  /**
   * Writes numbers.
   *
   * @param at byte of the file, a multiple of 4
   * @param values 1-D fp32, contiguous, on any device
   */
  void write(int file, long at, Tensor values);

  /** Writes bytes. */
  void write(int file, long at, byte[] bytes, int count);

  /**
   * Reads numbers.
   *
   * @param at byte of the file, a multiple of 4
   * @param target 1-D fp32, contiguous, on any device
   */
  void read(int file, long at, Tensor target);

  @Override
  void close();
}
