package dev.keizoku.storage.hub;

import java.io.IOException;
import java.net.http.HttpResponse;

/** An answer of the hub that is not what was asked for. */
final class HubAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  HubAnswerException(HttpResponse<?> response) {
    super("HTTP status " + response.statusCode());
    status = response.statusCode();
    code = response.headers().firstValue("X-Error-Code").orElse("");
  }

  int status() {
    return status;
  }

  /** The hub's own word: {@code RepoNotFound}, {@code EntryNotFound}, {@code GatedRepo}, ... */
  String code() {
    return code;
  }

  /** The repository is there and the revision too, but not the file or folder. */
  boolean isMissingEntry() {
    return status == 404 && code.equals("EntryNotFound");
  }
}
