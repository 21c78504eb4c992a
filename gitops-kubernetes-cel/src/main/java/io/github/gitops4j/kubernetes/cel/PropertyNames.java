package io.github.gitops4j.kubernetes.cel;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of fields as expressions of Kubernetes write them: {@code my-field} is my__dash__field. */
final class PropertyNames {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private static final Pattern WRITABLE = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");
  private static final Pattern TO_ESCAPE = Pattern.compile("__|[./-]");

  private PropertyNames() {}

  /** Returns how expressions name a field; nothing if they cannot. */
  static Optional<String> escape(String name) {
    if (!WRITABLE.matcher(name).matches()) {
      return Optional.empty();
    }
    if (RESERVED.contains(name)) {
      return Optional.of("__" + name + "__");
    }
    return Optional.of(TO_ESCAPE.matcher(name).replaceAll(PropertyNames::replacement));
  }

  private static String replacement(MatchResult found) {
    return Matcher.quoteReplacement(
        switch (found.group()) {
          case "__" -> "__underscores__";
          case "." -> "__dot__";
          case "-" -> "__dash__";
          case "/" -> "__slash__";
          default -> throw new AssertionError(found);
        });
  }
}
