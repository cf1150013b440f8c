package dev.keizoku.program;

/**
 * What the work is given beside its run file.
 *
 * @param progress where it writes how far it is
 * @param stop asks it to save and leave
 */
public record RunContext(ProgressBoard progress, StopSignal stop) {}
