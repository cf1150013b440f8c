package dev.keizoku.operator.kubeapi;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call of the API, as a Role names it.
 *
 * @param group of the API; empty for the core
 * @param resource plural, with its subresource
 * @param verb in lower case
 */
record ApiCall(String group, String resource, String verb) {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/[^/]+)?/(?<resource>[a-z]+)"
              + "(?<name>/[^/]+)?(?<sub>/.+)?");

  /** The call; empty for one about no resource. */
  static Optional<ApiCall> of(String method, URI uri) {
    var path = PATH.matcher(uri.getPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    var group = path.group("group") == null ? "" : path.group("group");
    var sub = path.group("sub") == null ? "" : path.group("sub");
    boolean named = path.group("name") != null;
    boolean watches = uri.getQuery() != null && uri.getQuery().contains("watch=true");
    var verb =
        switch (method) {
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> "delete";
          default -> watches ? "watch" : named ? "get" : "list";
        };
    return Optional.of(new ApiCall(group, path.group("resource") + sub, verb));
  }
}
