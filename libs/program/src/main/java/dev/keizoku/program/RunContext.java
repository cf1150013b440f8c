package dev.keizoku.program;

import java.nio.file.Path;

/**
 * What the work is given beside its run file.
 *
 * @param progress where it writes how far it is
 * @param stop asks it to save and leave
 * @param save asks it to save and go on
 * @param scratch a local folder that goes with the run
 */
public record RunContext(ProgressBoard progress, StopSignal stop, SaveSignal save, Path scratch) {

  /** Of work that nobody asks to save. */
  public RunContext(ProgressBoard progress, StopSignal stop, Path scratch) {
    this(progress, stop, new SaveSignal(), scratch);
  }
}
