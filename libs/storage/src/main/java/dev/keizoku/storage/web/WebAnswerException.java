package dev.keizoku.storage.web;

import java.io.IOException;
import java.net.URI;

/** An answer that is not the file. */
final class WebAnswerException extends IOException {
  static final int TOO_MANY_REDIRECTIONS = -1;
  static final int NOT_HTTPS = -2;
  static final int PRIVATE = -3;
  static final int CHANGED = -4;
  static final int NO_RANGES = -5;

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String host;

  /**
   * @param status of HTTP, or what this program found wrong
   */
  WebAnswerException(int status, URI from) {
    super(from.getHost() + " answered " + status);
    this.status = status;
    this.host = String.valueOf(from.getHost());
  }

  int status() {
    return status;
  }

  /** Who answered, or where a redirection led. */
  String host() {
    return host;
  }
}
