package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.global;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.util.List;
import java.util.stream.Stream;

/** Addresses and networks: {@code cidr('10.0.0.0/8').containsIP('10.1.2.3')}. */
final class NetworkFunctions {
  private static final CelType IP = OpaqueType.create("net.IP");
  private static final CelType CIDR = OpaqueType.create("net.CIDR");
  private static final Parameter<IpAddress> ADDRESS = new Parameter<>(IP, IpAddress.class);
  private static final Parameter<IpNetwork> NETWORK = new Parameter<>(CIDR, IpNetwork.class);
  private static final Parameter<String> TEXT = new Parameter<>(SimpleType.STRING, String.class);

  private NetworkFunctions() {}

  static List<RuleFunction> all() {
    return Stream.of(addresses(), networks(), contents()).flatMap(List::stream).toList();
  }

  private static List<RuleFunction> addresses() {
    return List.of(
        ofText("ip", "string_to_ip", IP, NetworkFunctions::ip),
        ofText("isIP", "is_ip", SimpleType.BOOL, text -> IpAddress.parse(text).isPresent()),
        ofText(
            "ip.isCanonical",
            "ip_is_canonical",
            SimpleType.BOOL,
            text -> ip(text).toString().equals(text)),
        global("string", "ip_to_string", SimpleType.STRING, IP, IpAddress.class, Object::toString),
        member("family", "ip_family", SimpleType.INT, IP, IpAddress.class, IpAddress::family),
        test("isUnspecified", "ip_is_unspecified", IpAddress::isUnspecified),
        test("isLoopback", "ip_is_loopback", IpAddress::isLoopback),
        test("isLinkLocalMulticast", "ip_is_link_local_multicast", IpAddress::isLinkLocalMulticast),
        test("isLinkLocalUnicast", "ip_is_link_local_unicast", IpAddress::isLinkLocalUnicast),
        test("isGlobalUnicast", "ip_is_global_unicast", IpAddress::isGlobalUnicast));
  }

  private static List<RuleFunction> networks() {
    return List.of(
        ofText("cidr", "string_to_cidr", CIDR, NetworkFunctions::cidr),
        ofText("isCIDR", "is_cidr", SimpleType.BOOL, text -> IpNetwork.parse(text).isPresent()),
        global(
            "string", "cidr_to_string", SimpleType.STRING, CIDR, IpNetwork.class, Object::toString),
        member("ip", "cidr_ip", IP, CIDR, IpNetwork.class, IpNetwork::address),
        member("masked", "cidr_masked", CIDR, CIDR, IpNetwork.class, IpNetwork::masked),
        member(
            "prefixLength",
            "cidr_prefix_length",
            SimpleType.INT,
            CIDR,
            IpNetwork.class,
            network -> (long) network.length()));
  }

  private static List<RuleFunction> contents() {
    return List.of(
        member(
            "containsIP",
            "cidr_contains_ip_ip",
            SimpleType.BOOL,
            NETWORK,
            ADDRESS,
            (network, address) -> network.contains(address)),
        member(
            "containsIP",
            "cidr_contains_ip_string",
            SimpleType.BOOL,
            NETWORK,
            TEXT,
            (network, text) -> network.contains(ip(text))),
        member(
            "containsCIDR",
            "cidr_contains_cidr",
            SimpleType.BOOL,
            NETWORK,
            NETWORK,
            (network, other) -> network.contains(other)),
        member(
            "containsCIDR",
            "cidr_contains_cidr_string",
            SimpleType.BOOL,
            NETWORK,
            TEXT,
            (network, text) -> network.contains(cidr(text))));
  }

  private static RuleFunction ofText(
      String name, String id, CelType result, CelFunctionOverload.Unary<String> body) {
    return global(name, id, result, SimpleType.STRING, String.class, body);
  }

  private static RuleFunction test(
      String name, String id, CelFunctionOverload.Unary<IpAddress> test) {
    return member(name, id, SimpleType.BOOL, IP, IpAddress.class, test);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new CelInvalidArgumentException("no address"));
  }

  private static IpNetwork cidr(String text) {
    return IpNetwork.parse(text).orElseThrow(() -> new CelInvalidArgumentException("no network"));
  }
}
