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
   * Begins to copy all slices of a unit, as they were at the last {@link #changed}, into one
   * buffer.
   *
   * @param whole [padded length], of the slices' type; to be read after {@link Fetch#await} alone,
   *     and to be freed after that or after {@link Fetch#join}
   */
  Fetch fetch(Tensor whole, int unit);

  /** A copy that may still be under way. */
  interface Fetch {
    /** Nothing is under way. */
    Fetch DONE =
        new Fetch() {
          @Override
          public void await() {}

          @Override
          public void join() {}
        };

    /** What this rank computes from now on may read the buffer. */
    void await();

    /** Waits until the copy is over. */
    void join();
  }

  /** This rank has changed its slices; after the next barrier others may fetch them. */
  void changed();

  /** Begins new sums. */
  void clear();

  /**
   * Where this rank may make what it will {@link #add} next instead of giving a buffer of its own,
   * [padded length]; what is there is of no use. Empty where others' sums are in the way.
   */
  Optional<Tensor> firstOf(int unit);

  /**
   * Adds what each rank gives to the sums, in the order of the ranks. Every rank does so for the
   * same units in the same order.
   *
   * @param whole [padded length], any float type, or {@link #firstOf}; the rank may free it then
   */
  void add(int unit, Tensor whole);
}
