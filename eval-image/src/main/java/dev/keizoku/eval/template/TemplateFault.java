package dev.keizoku.eval.template;

/** A template that cannot be read, or not be rendered for a row. */
public final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  TemplateFault(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Line of the template, from 1. */
  public int line() {
    return line;
  }
}
