package dev.keizoku.storage.hub;

import dev.keizoku.contract.RunFault;
import java.util.regex.Pattern;

/**
 * A file or folder of a model on a hub, {@code hf://owner/name@revision/path}.
 *
 * @param root the URI up to the path, as it was written
 * @param repository {@code owner/name}
 * @param revision branch, tag, commit or {@code refs/pr/1}; {@code main} when none is written
 * @param path without slashes at its ends; empty for the repository itself
 */
public record HubUri(String root, String repository, String revision, String path) {
  static final String SCHEME = "hf://";

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern FORM =
      Pattern.compile(
          "(hf://(%s/%s)(?:@(refs/(?:pr|convert)/[^/]+|[^/@]+))?)(?:/(.*))?".formatted(NAME, NAME));

  /** Whether a URI is one of a hub. */
  public static boolean matches(String uri) {
    return uri != null && uri.startsWith(SCHEME);
  }

  /**
   * Reads a URI.
   *
   * @throws RunFault user error {@code InvalidUri}
   */
  public static HubUri parse(String uri) {
    var form = FORM.matcher(uri);
    if (!form.matches()) {
      throw RunFault.userError(
          "InvalidUri",
          "'" + uri + "' is not a URI of the form hf://owner/name@revision/path (of a model).");
    }
    var path = form.group(4) == null ? "" : form.group(4).replaceAll("/+$", "");
    for (var segment : path.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".") || segment.indexOf('\0') >= 0) {
        throw RunFault.userError("InvalidUri", "'" + uri + "' must not contain '" + segment + "'.");
      }
    }
    var revision = form.group(3) == null ? "main" : form.group(3);
    return new HubUri(form.group(1), form.group(2), revision, path);
  }

  /** The same repository and revision with another path. */
  HubUri at(String otherPath) {
    return new HubUri(root, repository, revision, otherPath);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? root : root + "/" + path;
  }
}
