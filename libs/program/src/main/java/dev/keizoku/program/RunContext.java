package dev.keizoku.program;

import java.nio.file.Path;

/**
 * What the work is given beside its run file.
 *
 * @param progress where it writes how far it is
 * @param stop asks it to save and leave
 * @param scratch a local folder that goes with the run
 */
public record RunContext(ProgressBoard progress, StopSignal stop, Path scratch) {}
