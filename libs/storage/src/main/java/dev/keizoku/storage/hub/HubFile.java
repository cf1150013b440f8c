package dev.keizoku.storage.hub;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * What the hub says of a file.
 *
 * @param bytes its size
 * @param etag what names its content: sha256 (64 hex characters) of a large file, git's blob sha1
 *     (40) of a small one; anything else cannot be checked
 */
record HubFile(long bytes, String etag) {

  /**
   * From the headers of the hub's own answer, which may be a redirection to another server.
   *
   * @throws RunFault user error {@code HubRefused} when there is no size
   */
  static HubFile of(HttpHeaders headers, StoreUri uri) {
    var size = headers.firstValue("X-Linked-Size").or(() -> headers.firstValue("Content-Length"));
    var etag = headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag")).orElse("");
    if (size.isEmpty()) {
      throw RunFault.userError(
          Reason.HUB_REFUSED,
          "The hub tells no size for %s; check that HF_ENDPOINT is a Hugging Face API."
              .formatted(uri));
    }
    return new HubFile(Long.parseLong(size.get()), etag.replaceFirst("^W/", "").replace("\"", ""));
  }

  /** A digest that must end in {@link #etag}; empty when nothing can be checked. */
  Optional<MessageDigest> digest() {
    if (etag.matches("[0-9a-f]{64}")) {
      return Optional.of(Digests.sha256());
    }
    if (!etag.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    try {
      // git hashes a header before the content.
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + bytes + "\0").getBytes(StandardCharsets.US_ASCII));
      return Optional.of(sha1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }
}
