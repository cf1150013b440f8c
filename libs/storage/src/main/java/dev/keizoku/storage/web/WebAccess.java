package dev.keizoku.storage.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * What may be asked of the web.
 *
 * @param privateAddresses whether servers within the installation's own network may be asked; a
 *     source's URL is written by a user, whom the network of the pods is not open to
 * @param tls authorities that are trusted; null for those of the program
 */
public record WebAccess(boolean privateAddresses, SSLContext tls) {
  /** Environment variable that opens private addresses, {@code true}. */
  public static final String PRIVATE = "KEIZOKU_PRIVATE_HTTPS";

  /** As a {@code *Main} finds it in its environment. */
  public static WebAccess fromEnvironment(Map<String, String> environment) {
    return new WebAccess("true".equals(environment.get(PRIVATE)), null);
  }

  /** Whether a server at this address may be asked. */
  boolean allows(InetAddress address) {
    return privateAddresses || !isPrivate(address);
  }

  /** Whether it lies within a private network, or is no server's. */
  public static boolean isPrivate(InetAddress address) {
    var bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    // Unique local addresses, NAT64 of whatever, and the carriers' shared range.
    boolean other =
        address instanceof Inet6Address
            ? (first & 0xFE) == 0xFC || first == 0 && second == 0x64
            : first == 0 || first == 100 && (second & 0xC0) == 64 || first >= 240;
    return other
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }
}
