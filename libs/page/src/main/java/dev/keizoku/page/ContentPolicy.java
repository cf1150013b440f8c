package dev.keizoku.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The content-security policy of a page: its own style and script, known by their digests, and
 * nothing else; no text that got past the escaper could run or load anything.
 *
 * <p>Source: W3C Content Security Policy Level 3, hash-source.
 */
final class ContentPolicy {
  private ContentPolicy() {}

  /** The value of the policy's {@code meta} element for that text inside the elements. */
  static String of(String style, String script) {
    return "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
