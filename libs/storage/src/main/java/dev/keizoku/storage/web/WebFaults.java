package dev.keizoku.storage.web;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import javax.net.ssl.SSLException;

/** Which answers of the web pass and which only the user can mend. */
final class WebFaults {
  private WebFaults() {}

  /** The fault that no retry mends, or null for one that may pass. */
  static RunFault lasting(Throwable e, StoreUri uri) {
    if (e instanceof SSLException) {
      return refused(
          "The TLS connection for %s failed (%s); check its certificate, or name its authority to the installation."
              .formatted(uri, e.getMessage()),
          e);
    }
    return e instanceof WebAnswerException answer ? lasting(answer, uri) : null;
  }

  private static RunFault lasting(WebAnswerException answer, StoreUri uri) {
    return switch (answer.status()) {
      // A server that is busy or asks for patience gets it, as long as the retries last.
      case 408, 425, 429, 500, 502, 503, 504 -> null;
      case 404, 410 -> StorageFaults.notFound(uri);
      case 416 -> StorageFaults.tooShort(uri);
      case 401, 403, 407, 451 ->
          refused(
              "%s does not give %s to this program (%d); check that it is public and that its owner"
                      .formatted(answer.host(), uri, answer.status())
                  + " allows programs, or copy it to s3:// by hand.",
              answer);
      case WebAnswerException.NOT_HTTPS ->
          refused(
              uri + " leads to an address without https, which is not followed; name its last URL.",
              answer);
      case WebAnswerException.PRIVATE ->
          refused(
              "%s leads to %s in a private network, which sources may not ask; copy it to s3://, or set %s=true where the installation allows it."
                  .formatted(uri, answer.host(), WebAccess.PRIVATE),
              answer);
      case WebAnswerException.NO_RANGES ->
          refused(
              "%s gives no parts of %s, only the whole; copy it to s3:// first."
                  .formatted(answer.host(), uri),
              answer);
      case WebAnswerException.TOO_MANY_REDIRECTIONS ->
          refused(uri + " is redirected too often; name its last URL.", answer);
      case WebAnswerException.CHANGED ->
          RunFault.tryAgain(
              Reason.STORAGE_FAILED,
              uri + " was changed while it was read; it is read anew.",
              answer);
      default ->
          refused(
              "%s answered %d for %s; check the URL in a browser."
                  .formatted(answer.host(), answer.status(), uri),
              answer);
    };
  }

  private static RunFault refused(String sentence, Throwable cause) {
    return RunFault.userError(Reason.STORAGE_REFUSED, sentence, cause);
  }

  static RunFault readOnly(StoreUri uri) {
    return RunFault.userError(
        Reason.STORAGE_READ_ONLY,
        uri + " cannot be written: the web is read only; write to s3:// instead.");
  }
}
