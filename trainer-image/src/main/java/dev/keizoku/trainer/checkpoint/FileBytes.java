package dev.keizoku.trainer.checkpoint;

import java.nio.ByteBuffer;

/** The bytes of a checkpoint's files, a file for each rank that holds state. */
interface FileBytes {
  /**
   * Reads until {@code target} is full; from any thread.
   *
   * @param at first byte of the file
   */
  void read(int file, long at, ByteBuffer target);
}
