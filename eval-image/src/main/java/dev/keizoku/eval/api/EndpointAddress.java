package dev.keizoku.eval.api;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.web.WebAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Where an endpoint is. Private networks are allowed: models are often served in the cluster; which
 * endpoints a team may name is for the chart's {@code platformPolicies}. Link-local addresses,
 * where clouds tell a node's secrets, and those of many are not.
 */
final class EndpointAddress {
  private static final int LAST_PORT = 65_535;

  private final URI uri;
  private final boolean keyed;

  /**
   * @param base such as {@code https://api.example.com/v1}
   * @param path below it
   * @param keyed whether a key is sent there
   * @throws RunFault user error {@code InvalidEndpoint} when the address is none, or more than one
   */
  EndpointAddress(URI base, String path, boolean keyed) {
    if (!Set.of("http", "https").contains(String.valueOf(base.getScheme()))
        || base.getHost() == null
        || base.getPort() > LAST_PORT) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "The endpoint is no address; give one such as https://api.example.com/v1.");
    }
    // Who is told of it may not be who may know what stands in it: it is not repeated.
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "The endpoint of %s has a user, a ? or a # in it; give the address alone, such as https://api.example.com/v1, and its key as a file."
              .formatted(base.getHost()));
    }
    this.uri = URI.create(base.toString().replaceAll("/+$", "") + path);
    this.keyed = keyed;
  }

  /** Where to send a question. */
  URI uri() {
    return uri;
  }

  /**
   * Looks where its name leads now.
   *
   * @throws RunFault user error {@code InvalidEndpoint} when nothing may be sent there
   * @throws IOException when its name leads nowhere, which may change
   */
  void requireAllowed() throws IOException {
    try {
      for (var address : InetAddress.getAllByName(uri.getHost())) {
        requireAllowed(address);
      }
    } catch (UnknownHostException e) {
      throw new IOException("no address is known for " + uri.getHost(), e);
    }
  }

  private void requireAllowed(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "%s lies at %s, where no model is served; give the address of one."
              .formatted(uri, address.getHostAddress()));
    }
    if (keyed && uri.getScheme().equals("http") && !WebAccess.isPrivate(address)) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "%s would get its key over public networks that can read it; give its https:// address."
              .formatted(uri));
    }
  }
}
