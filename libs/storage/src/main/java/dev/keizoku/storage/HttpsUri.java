package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A file of the web, {@code https://host/path?query}. It has no folders: nobody can list them.
 *
 * @param authority host and port
 * @param path as it is written, percent-encoded, without a leading slash
 * @param query as it is written, without its mark; empty where there is none
 */
public record HttpsUri(String authority, String path, String query) implements StoreUri {
  static final String SCHEME = "https://";

  static HttpsUri parse(String written) {
    try {
      var uri = new URI(written.replace("|", "%7C"));
      if (uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new URISyntaxException(written, "no host, or a password");
      }
      // Other characters are as they come out of a browser's address line.
      var ascii = URI.create(uri.toASCIIString());
      var path = ascii.getRawPath().replaceFirst("^/", "");
      return new HttpsUri(
          ascii.getRawAuthority(), path, ascii.getRawQuery() == null ? "" : ascii.getRawQuery());
    } catch (URISyntaxException e) {
      // The URL itself is not repeated: someone may have put a password into it.
      throw RunFault.userError(
          Reason.INVALID_URI,
          "A source's URL is not of the form https://host/path (no password in it, spaces as"
              + " %20).");
    }
  }

  @Override
  public HttpsUri at(String otherPath) {
    return new HttpsUri(authority, otherPath, "");
  }

  @Override
  public boolean isFolder() {
    return false;
  }

  /** Host, path and query: what tells files of the web apart, as a path. */
  public String place() {
    return (authority + "/" + path + (query.isEmpty() ? "" : "?" + query.replace("/", "%2F")))
        .replace("!", "%21");
  }

  /** To ask for it. */
  public URI url() {
    return URI.create(toString());
  }

  @Override
  public String toString() {
    return SCHEME + authority + "/" + path + (query.isEmpty() ? "" : "?" + query);
  }
}
