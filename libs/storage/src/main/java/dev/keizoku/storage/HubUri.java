package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.regex.Pattern;

/**
 * A file or folder of a model on a hub, {@code hf://owner/name@revision/path}.
 *
 * @param repository {@code owner/name}, of a dataset {@code datasets/owner/name}
 * @param written the revision as it was written: a branch, a tag, a commit or {@code refs/pr/1};
 *     empty where none was
 * @param path without a leading slash; empty for the repository itself
 */
public record HubUri(String repository, String written, String path) implements StoreUri {
  static final String SCHEME = "hf://";

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern FORM =
      Pattern.compile(
          "hf://((?:datasets/)?%s/%s)(?:@(refs/(?:pr|convert)/[^/]+|[^/@]+))?(?:/(.*))?"
              .formatted(NAME, NAME));

  /**
   * Checks the path.
   *
   * @throws RunFault user error {@code InvalidUri}
   */
  public HubUri {
    UriForm.check(path, SCHEME + repository + "/" + path);
  }

  static HubUri parse(String uri) {
    var form = FORM.matcher(uri);
    if (!form.matches()) {
      throw RunFault.userError(
          Reason.INVALID_URI,
          "'"
              + uri
              + "' is not a URI of the form hf://owner/name@revision/path (of a dataset:"
              + " hf://datasets/owner/name@revision/path).");
    }
    return new HubUri(form.group(1), orEmpty(form.group(2)), orEmpty(form.group(3)));
  }

  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }

  /** Branch, tag, commit or pull request; {@code main} when none was written. */
  public String revision() {
    return written.isEmpty() ? "main" : written;
  }

  /** The repository at its revision, without a path. */
  public HubUri root() {
    return at("");
  }

  @Override
  public HubUri at(String otherPath) {
    return new HubUri(repository, written, otherPath);
  }

  @Override
  public String toString() {
    return SCHEME
        + repository
        + (written.isEmpty() ? "" : "@" + written)
        + (path.isEmpty() ? "" : "/" + path);
  }
}
