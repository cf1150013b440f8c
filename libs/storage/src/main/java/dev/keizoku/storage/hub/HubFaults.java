package dev.keizoku.storage.hub;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import javax.net.ssl.SSLException;

/** Which answers of a hub pass and which only the user can mend. */
final class HubFaults {
  /** Ends the sentence of a hub that stays away. */
  static final String ADVICE = "check HF_ENDPOINT and the way to it";

  private HubFaults() {}

  /** The fault that no retry mends, or null for one that may pass. */
  static RunFault lasting(Throwable e, StoreUri uri, HubAccess access) {
    if (e instanceof SSLException) {
      return RunFault.userError(
          Reason.HUB_NOT_TRUSTED,
          "The TLS connection to the hub failed (%s); check https in HF_ENDPOINT and its certificate."
              .formatted(e.getMessage()),
          e);
    }
    return e instanceof HubAnswerException answer ? lasting(answer, uri, access) : null;
  }

  private static RunFault lasting(HubAnswerException answer, StoreUri uri, HubAccess access) {
    var at = (HubUri) uri;
    var status = answer.status();
    if (status >= 500 || status == 408 || status == 429) {
      return null;
    }
    if (answer.code().equals("GatedRepo") || (status == 403 && access.token() != null)) {
      return RunFault.userError(
          Reason.HUB_ACCESS_DENIED,
          "The hub does not give %s to %s; accept the model's conditions at %s/%s with the account of HF_TOKEN."
              .formatted(
                  at.repository(),
                  access.token() == null ? "a caller without HF_TOKEN" : "the holder of HF_TOKEN",
                  access.endpoint(),
                  at.repository()),
          answer);
    }
    if (status == 401 || status == 403) {
      return RunFault.userError(
          Reason.HUB_CREDENTIALS_REFUSED,
          access.token() == null
              ? "The hub has no public model %s; check its name, or set HF_TOKEN if it is private."
                  .formatted(at.repository())
              : "The hub refused HF_TOKEN for %s; check the model's name and renew the token."
                  .formatted(at.repository()),
          answer);
    }
    if (status == 404) {
      return notFound(answer, at, uri);
    }
    if (status == 416) {
      return StorageFaults.tooShort(uri);
    }
    return RunFault.userError(
        Reason.HUB_REFUSED,
        "The hub answered %d for %s; check that HF_ENDPOINT is a Hugging Face API."
            .formatted(status, uri),
        answer);
  }

  private static RunFault notFound(HubAnswerException answer, HubUri at, StoreUri uri) {
    return switch (answer.code()) {
      case "RevisionNotFound" ->
          RunFault.userError(
              Reason.REVISION_NOT_FOUND,
              "The model %s has no revision '%s'; name a branch, a tag or a commit of it."
                  .formatted(at.repository(), at.revision()),
              answer);
      case "EntryNotFound" -> StorageFaults.notFound(uri);
      default ->
          RunFault.userError(
              Reason.MODEL_NOT_FOUND,
              "There is no model %s on the hub (or HF_TOKEN may not see it); check its name."
                  .formatted(at.repository()),
              answer);
    };
  }

  static RunFault readOnly(StoreUri uri) {
    return RunFault.userError(
        Reason.STORAGE_READ_ONLY,
        uri + " cannot be written: a hub is read only; write to s3:// instead.");
  }

  static RunFault damaged(StoreUri uri) {
    return RunFault.userError(
        Reason.DIGEST_MISMATCH,
        "What came for %s has not the digest that the hub says; check the mirror or proxy before it, or name another revision."
            .formatted(uri));
  }
}
