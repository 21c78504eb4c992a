package io.github.gitops4j.kubernetes.cel;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address of version 4 or 6, without a zone.
 *
 * <p>Immutable.
 */
final class IpAddress {

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads an address; nothing if it is none, or one of version 4 that is written as 6. */
  static Optional<IpAddress> parse(String text) {
    if (!isPlain(text) || !InetAddresses.isInetAddress(text)) {
      return Optional.empty();
    }
    InetAddress address = InetAddresses.forString(text);
    boolean mapped = address instanceof Inet4Address && text.indexOf(':') >= 0;
    return mapped ? Optional.empty() : Optional.of(new IpAddress(address.getAddress()));
  }

  /** The library reads digits of any script. */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> "0123456789abcdefABCDEF.:".indexOf(c) >= 0);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  int bits() {
    return bytes.length * Byte.SIZE;
  }

  long family() {
    return bytes.length == 4 ? 4 : 6;
  }

  boolean isUnspecified() {
    return isAll(0, bytes.length, 0);
  }

  boolean isLoopback() {
    return bytes.length == 4 ? at(0) == 127 : isAll(0, 15, 0) && at(15) == 1;
  }

  boolean isLinkLocalMulticast() {
    return bytes.length == 4
        ? at(0) == 224 && at(1) == 0 && at(2) == 0
        : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
  }

  boolean isLinkLocalUnicast() {
    return bytes.length == 4
        ? at(0) == 169 && at(1) == 254
        : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
  }

  boolean isGlobalUnicast() {
    boolean multicast = bytes.length == 4 ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
    boolean broadcast = bytes.length == 4 && isAll(0, 4, 255);
    return !broadcast && !isUnspecified() && !isLoopback() && !multicast && !isLinkLocalUnicast();
  }

  /** Says whether the first bits are those of another address. */
  boolean starts(IpAddress other, int count) {
    return Arrays.equals(masked(count).bytes, other.masked(count).bytes);
  }

  /** Returns the address of which only the first bits are left. */
  IpAddress masked(int count) {
    byte[] left = bytes.clone();
    for (int bit = count; bit < bits(); bit++) {
      left[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return new IpAddress(left);
  }

  private int at(int position) {
    return bytes[position] & 0xff;
  }

  private boolean isAll(int from, int to, int value) {
    for (int i = from; i < to; i++) {
      if (at(i) != value) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns it in the one canonical form. */
  @Override
  public String toString() {
    try {
      return InetAddresses.toAddrString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
