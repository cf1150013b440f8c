package dev.keizoku.contract;

/**
 * A fault that ends a program, with the exit code that says who can mend it and one sentence that
 * says how.
 *
 * <p>{@code reason} is a CamelCase word of at most 64 characters (it becomes a condition's reason),
 * {@code message} one sentence without secrets.
 */
public final class RunFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String reason;

  private RunFault(ExitCode exitCode, String reason, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.reason = reason;
  }

  /** A fault that only the user can mend (exit 42). */
  public static RunFault userError(String reason, String message) {
    return new RunFault(ExitCode.USER_ERROR, reason, message, null);
  }

  /** A fault that only the user can mend (exit 42), with what caused it for the log. */
  public static RunFault userError(String reason, String message, Throwable cause) {
    return new RunFault(ExitCode.USER_ERROR, reason, message, cause);
  }

  /** A passing fault (exit 75). */
  public static RunFault tryAgain(String reason, String message, Throwable cause) {
    return new RunFault(ExitCode.TRY_AGAIN, reason, message, cause);
  }

  /** What the process exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** CamelCase word for the condition's reason, for instance {@code BucketNotFound}. */
  public String reason() {
    return reason;
  }
}
