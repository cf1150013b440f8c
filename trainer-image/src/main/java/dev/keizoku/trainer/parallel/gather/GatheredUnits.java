package dev.keizoku.trainer.parallel.gather;

import dev.keizoku.llm.model.UnitTensors;

/**
 * Gathers the unit that is asked for, and keeps it and the one before: a tied head needs the
 * embedding beside its own unit, and nothing needs a third.
 */
public final class GatheredUnits implements AutoCloseable {
  private final UnitGather parameters;
  private Open newest;
  private Open before;

  /** Over what a rank gathers from. */
  public GatheredUnits(UnitGather parameters) {
    this.parameters = parameters;
  }

  private record Open(int unit, UnitGather.Gathered gathered) {}

  /** A unit's parameters; those of the unit asked for two units ago are freed. */
  public UnitTensors get(int unit) {
    if (before != null && before.unit == unit) {
      var again = before;
      before = newest;
      newest = again;
    } else if (newest == null || newest.unit != unit) {
      close(before);
      before = newest;
      newest = new Open(unit, parameters.gather(unit, UnitGather.NONE));
    }
    return newest.gathered.tensors();
  }

  private static void close(Open open) {
    if (open != null) {
      open.gathered.close();
    }
  }

  @Override
  public void close() {
    close(before);
    close(newest);
  }
}
