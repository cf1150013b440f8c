package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/**
 * What one rank does together with the others. A method is called by every rank, in the same order,
 * on its own thread; only {@link Slices} say otherwise of themselves. Buffers are 1-D.
 */
public interface Collectives extends AutoCloseable {
  /** This rank's number, from 0. */
  int rank();

  /** Number of ranks. */
  int size();

  /** Whether ranks see each other's slices where they are. */
  boolean inOneMemory();

  /** Waits until every rank is here. */
  void barrier();

  /** A slice of each unit for this rank, zeros. */
  Slices slices(DataType type);

  /**
   * Sums buffers of the same length over the ranks: of each, this rank's slice holds the sum then,
   * and the rest is undefined.
   *
   * @param wholes [padded length] fp32, one a unit
   */
  void reduceScatter(List<Tensor> wholes);

  /**
   * Copies each rank's slice of its buffers into everyone's.
   *
   * @param wholes [padded length], one a unit
   */
  void allGather(List<Tensor> wholes);

  /** Copies one rank's buffers into everyone's. */
  void broadcast(List<Tensor> buffers, int root);

  @Override
  void close();
}
