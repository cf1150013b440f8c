package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.Tensor;
import java.util.Optional;

/** A buffer a unit, cut into one slice a rank; each rank holds its own. */
public interface Slices {
  /** This rank's slice of a unit, [slice length]. */
  Tensor own(int unit);

  /** All slices of a unit, [padded length], where this rank sees them without a copy. */
  Optional<Tensor> whole(int unit);

  /**
   * Copies all slices of a unit into one buffer. Waits for nobody and may be called by any thread;
   * no rank may change its slice meanwhile.
   *
   * @param whole [padded length], of the slices' type
   */
  void copyInto(Tensor whole, int unit);

  /** Begins new sums. */
  void clear();

  /**
   * Adds what each rank gives to the sums, in the order of the ranks. Every rank does so for the
   * same units in the same order.
   *
   * @param whole [padded length], any float type; the rank may free it then
   */
  void add(int unit, Tensor whole);
}
