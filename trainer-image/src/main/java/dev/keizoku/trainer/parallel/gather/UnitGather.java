package dev.keizoku.trainer.parallel.gather;

import dev.keizoku.llm.model.UnitTensors;

/** Gives a rank the whole of a unit's parameters, wherever their slices are. */
public interface UnitGather extends AutoCloseable {
  /** No unit follows. */
  int NONE = -1;

  /**
   * The whole of a unit's parameters, until it is closed.
   *
   * @param next the unit that will be gathered after this one, or {@link #NONE}
   */
  Gathered gather(int unit, int next);

  @Override
  void close();

  /**
   * A unit's parameters.
   *
   * @param tensors the views
   * @param release frees what was allocated for it
   */
  record Gathered(UnitTensors tensors, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
      release.run();
    }
  }
}
