package io.github.gitops4j.kubernetes.cel;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A format that Kubernetes has a name for. */
enum NamedFormat {
  DNS1123_LABEL("dns1123Label", matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?", 63)),
  DNS1123_SUBDOMAIN("dns1123Subdomain", NamedFormat::isSubdomain),
  DNS1035_LABEL("dns1035Label", matches("[a-z]([-a-z0-9]*[a-z0-9])?", 63)),
  QUALIFIED_NAME("qualifiedName", NamedFormat::isQualifiedName),
  DNS1123_LABEL_PREFIX("dns1123LabelPrefix", text -> DNS1123_LABEL.takes(withoutDash(text))),
  DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", text -> isSubdomain(withoutDash(text))),
  DNS1035_LABEL_PREFIX("dns1035LabelPrefix", text -> DNS1035_LABEL.takes(withoutDash(text))),
  LABEL_VALUE("labelValue", matches("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", 63)),
  URI("uri", WebAddress::isOne),
  UUID("uuid", matches("(?i)[0-9A-F]{8}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{12}", 36)),
  BYTE("byte", NamedFormat::isBase64),
  DATE("date", NamedFormat::isDate),
  DATETIME("datetime", NamedFormat::isTime);

  private static final Predicate<String> SUBDOMAIN =
      matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", 253);

  private static final Predicate<String> LAST_OF_QUALIFIED =
      matches("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]", 63);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // none of them keeps anything
  private final Predicate<String> test;

  NamedFormat(String title, Predicate<String> test) {
    this.title = title;
    this.test = test;
  }

  /** Returns what rules call it. */
  String title() {
    return title;
  }

  boolean takes(String text) {
    return test.test(text);
  }

  static Optional<NamedFormat> named(String title) {
    return Stream.of(values()).filter(format -> format.title.equals(title)).findFirst();
  }

  private static Predicate<String> matches(String pattern, int longest) {
    Pattern compiled = Pattern.compile(pattern);
    return text -> text.length() <= longest && compiled.matcher(text).matches();
  }

  private static boolean isSubdomain(String text) {
    return SUBDOMAIN.test(text);
  }

  private static boolean isQualifiedName(String text) {
    int slash = text.indexOf('/');
    return (slash < 0 || isSubdomain(text.substring(0, slash)))
        && LAST_OF_QUALIFIED.test(text.substring(slash + 1));
  }

  /** What is put behind it may end otherwise. */
  private static String withoutDash(String text) {
    return text.length() > 1 && text.endsWith("-")
        ? text.substring(0, text.length() - 1) + "a"
        : text;
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return text.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
