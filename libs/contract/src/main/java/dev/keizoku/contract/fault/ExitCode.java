package dev.keizoku.contract.fault;

/** The exit codes of every program in a pod, and what the operator does about each. */
public enum ExitCode {
  /** Finished; the artifact is committed. */
  DONE(0),
  /** The user must change something: never retried, the message says what. */
  USER_ERROR(42),
  /** A passing fault (storage away for long, out of scratch space): worth another attempt. */
  TRY_AGAIN(75),
  /** Stopped by SIGTERM after saving what was done: infrastructure, not a failure of the run. */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit status, 0 to 255. */
  public int code() {
    return code;
  }
}
