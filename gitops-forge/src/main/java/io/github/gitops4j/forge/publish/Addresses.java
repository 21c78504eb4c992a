package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks at where a name leads before anything is sent there. */
final class Addresses {
  private final Resolver resolver;

  private Addresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Finds the addresses of a name. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  static Addresses of(Resolver resolver) {
    return new Addresses(resolver);
  }

  /** Refuses a name of which any address is not public. */
  void checkPublic(String host) {
    InetAddress[] found;
    try {
      found = resolver.addresses(host);
    } catch (UnknownHostException e) {
      throw new PublishException(FailureCategory.UNAVAILABLE, host + ": no such host");
    }
    for (InetAddress address : found) {
      if (!isPublic(address)) {
        throw new PublishException(
            FailureCategory.FORBIDDEN,
            host + ": it leads to " + address.getHostAddress() + ", which is no public address");
      }
    }
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean isShared =
        address instanceof Inet6Address
            ? (first & 0xfe) == 0xfc || (first == 0x00 && second == 0x64)
            : first == 0 || first >= 240 || (first == 100 && (second & 0xc0) == 64);
    return !isShared
        && !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress();
  }
}
