package dev.keizoku.trainer.plan;

import java.util.Optional;

/** What the machine that plans can say of a run that it would do itself. */
public interface Trial {

  /** What a rank may use here. */
  Room room();

  /** How fast it goes, tried out; empty where that would take too long. */
  Optional<Speed> measure();
}
