package dev.keizoku.program;

/**
 * Whether the program was asked to stop. The work asks at every point where it could save and
 * leave; nothing is interrupted.
 */
public final class StopSignal {
  private volatile boolean requested;

  /** Asks for a stop; asking twice changes nothing. */
  public void request() {
    requested = true;
  }

  /** True from the first request on. */
  public boolean requested() {
    return requested;
  }

  /**
   * Leaves the work if a stop was asked for.
   *
   * @throws Stopped when a stop was requested
   */
  public void check() {
    if (requested) {
      throw new Stopped();
    }
  }

  /** Thrown by the work once it has saved what it had; the program then ends with exit code 143. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A stop without a stack trace: it is not a fault. */
    public Stopped() {
      super("Stopped on request", null, false, false);
    }
  }
}
