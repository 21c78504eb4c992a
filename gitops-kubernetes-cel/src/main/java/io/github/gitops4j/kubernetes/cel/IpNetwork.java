package io.github.gitops4j.kubernetes.cel;

import java.util.Optional;

/**
 * An address and how many of its bits are those of the network.
 *
 * <p>Immutable.
 */
record IpNetwork(IpAddress address, int length) {
  /** Reads a network as {@code 10.0.0.0/8}; nothing if it is none. */
  static Optional<IpNetwork> parse(String text) {
    int slash = text.lastIndexOf('/');
    String length = text.substring(slash + 1);
    if (slash < 0 || !length.matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    return IpAddress.parse(text.substring(0, slash))
        .filter(address -> Integer.parseInt(length) <= address.bits())
        .map(address -> new IpNetwork(address, Integer.parseInt(length)));
  }

  boolean contains(IpAddress other) {
    return address.family() == other.family() && address.starts(other, length);
  }

  boolean contains(IpNetwork other) {
    return length <= other.length && contains(other.address);
  }

  IpNetwork masked() {
    return new IpNetwork(address.masked(length), length);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
