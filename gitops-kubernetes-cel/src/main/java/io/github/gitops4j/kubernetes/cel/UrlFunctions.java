package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.global;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/** URLs: {@code url('https://example.com/').getScheme() == 'https'}. */
final class UrlFunctions {
  private static final CelType TYPE = OpaqueType.create("kubernetes.URL");

  private UrlFunctions() {}

  static List<RuleFunction> all() {
    return List.of(
        global("url", "string_to_url", TYPE, SimpleType.STRING, String.class, UrlFunctions::read),
        global(
            "isURL",
            "is_url_string",
            SimpleType.BOOL,
            SimpleType.STRING,
            String.class,
            WebAddress::isOne),
        part("getScheme", "url_get_scheme", SimpleType.STRING, WebAddress::scheme),
        part("getHost", "url_get_host", SimpleType.STRING, WebAddress::host),
        part("getHostname", "url_get_hostname", SimpleType.STRING, WebAddress::hostname),
        part("getPort", "url_get_port", SimpleType.STRING, WebAddress::port),
        part("getEscapedPath", "url_get_escaped_path", SimpleType.STRING, WebAddress::escapedPath),
        part(
            "getQuery",
            "url_get_query",
            MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
            WebAddress::parameters));
  }

  private static RuleFunction part(
      String name, String id, CelType result, CelFunctionOverload.Unary<WebAddress> part) {
    return member(name, id, result, TYPE, WebAddress.class, part);
  }

  private static WebAddress read(String text) {
    return WebAddress.parse(text).orElseThrow(() -> new CelInvalidArgumentException("no URL"));
  }
}
