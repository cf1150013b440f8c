package dev.keizoku.contract.fault;

/**
 * A fault that ends a program, with the exit code that says who can mend it and one sentence
 * without secrets that says how.
 */
public final class RunFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final Reason reason;

  private RunFault(ExitCode exitCode, Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.reason = reason;
  }

  /** A fault that only the user can mend (exit 42). */
  public static RunFault userError(Reason reason, String message) {
    return new RunFault(ExitCode.USER_ERROR, reason, message, null);
  }

  /** A fault that only the user can mend (exit 42), with what caused it for the log. */
  public static RunFault userError(Reason reason, String message, Throwable cause) {
    return new RunFault(ExitCode.USER_ERROR, reason, message, cause);
  }

  /**
   * A passing fault (exit 75).
   *
   * @param reason not one of damage, which no attempt mends
   */
  public static RunFault tryAgain(Reason reason, String message, Throwable cause) {
    if (reason.damage()) {
      throw new IllegalArgumentException(reason + " does not pass");
    }
    return new RunFault(ExitCode.TRY_AGAIN, reason, message, cause);
  }

  /** What the process exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Becomes the reason of a resource's condition. */
  public Reason reason() {
    return reason;
  }

  /** Whether what is stored is not what was written; see {@link Reason#damage}. */
  public boolean damage() {
    return reason.damage();
  }
}
