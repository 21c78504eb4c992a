package io.github.gitops4j.tests.docs;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.testkit.contract.ContractRule;
import io.github.gitops4j.tests.files.SourceFiles;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbered rules of the interfaces that a backend implements, and the tests that hold them. */
final class NumberedRules {
  static final Path ROOT =
      Path.of(System.getProperty("gitops.root", "..")).toAbsolutePath().normalize();

  private static final Path INTERFACES = ROOT.resolve("gitops-core/src/main/java");
  private static final Path KITS = ROOT.resolve("gitops-testkit/src/main/java");
  private static final Pattern RULE =
      Pattern.compile("<li>([A-Z]{2,}-\\d+): (.*?)(?= \\* +<li>| \\* </ul>)", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\{@link ([^ }]+)( [^}]+)?\\}");
  private static final Pattern CODE = Pattern.compile("\\{@code ([^}]+)\\}");

  private NumberedRules() {}

  /**
   * A rule of an interface.
   *
   * @param number for example {@code LSP-3}
   * @param sentence what it says, in Markdown and on one line
   */
  record Rule(String number, String type, String sentence) {
    String prefix() {
      return number.substring(0, number.indexOf('-'));
    }

    private int position() {
      return Integer.parseInt(number.substring(number.indexOf('-') + 1));
    }
  }

  /** Returns the rules in the Javadoc of core, by interface and number. */
  static List<Rule> ofInterfaces() {
    List<Rule> rules = new ArrayList<>();
    for (Path file : SourceFiles.javaBelow(INTERFACES)) {
      String type = requireNonNull(file.getFileName()).toString().replace(".java", "");
      rules.addAll(in(type, SourceFiles.read(file)));
    }
    rules.sort(Comparator.comparing(Rule::type).thenComparingInt(Rule::position));
    return rules;
  }

  static List<Rule> in(String type, String source) {
    List<Rule> rules = new ArrayList<>();
    Matcher matcher = RULE.matcher(source);
    while (matcher.find()) {
      rules.add(new Rule(matcher.group(1), type, markdown(matcher.group(2))));
    }
    return rules;
  }

  private static String markdown(String javadoc) {
    String line = javadoc.replaceAll("\\s*\\n \\*\\s*", " ").strip();
    line =
        LINK.matcher(line)
            .replaceAll(
                link ->
                    Matcher.quoteReplacement(
                        "`" + shown(link.group(1), orEmpty(link.group(2))) + "`"));
    return CODE.matcher(line).replaceAll("`$1`").replace("<em>", "*").replace("</em>", "*");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  /** A link is shown as the text that the Javadoc gives it, or by its short name. */
  private static String shown(String target, String label) {
    if (!label.isEmpty()) {
      return label;
    }
    String name = target.startsWith("#") ? target.substring(1) : target;
    name = name.replaceAll("\\(\\)$", "");
    String qualified = name.replace('#', '.');
    return qualified.replaceAll("^(?:[a-z0-9]+\\.)+(?=[A-Z])", "");
  }

  /** Returns the methods of the contract kits that hold a numbered rule. */
  static List<Method> tests() {
    List<Method> tests = new ArrayList<>();
    for (Class<?> kit : kits()) {
      for (Method method : kit.getDeclaredMethods()) {
        if (method.isAnnotationPresent(ContractRule.class)) {
          tests.add(method);
        }
      }
    }
    return tests;
  }

  static List<Class<?>> kits() {
    List<Class<?>> kits = new ArrayList<>();
    for (Path file : SourceFiles.javaBelow(KITS)) {
      String name = KITS.relativize(file).toString().replace('\\', '/').replace('/', '.');
      if (name.contains(".contract.") && !name.endsWith("package-info.java")) {
        try {
          kits.add(Class.forName(name.substring(0, name.length() - ".java".length())));
        } catch (ClassNotFoundException e) {
          throw new AssertionError(e);
        }
      }
    }
    return kits;
  }

  static String source(Class<?> kit) {
    return SourceFiles.read(KITS.resolve(kit.getName().replace('.', '/') + ".java"));
  }
}
