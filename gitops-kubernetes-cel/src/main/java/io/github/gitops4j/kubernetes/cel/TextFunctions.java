package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.instead;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Texts: what is found by a pattern, and what may make a text much longer. */
final class TextFunctions {
  private static final Parameter<String> TEXT = new Parameter<>(SimpleType.STRING, String.class);
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);

  private TextFunctions() {}

  static List<RuleFunction> all() {
    return Stream.of(patterns(), making()).flatMap(List::stream).toList();
  }

  private static List<RuleFunction> patterns() {
    return List.of(
        member("find", "string_find_string", SimpleType.STRING, TEXT, TEXT, TextFunctions::find),
        member(
            "findAll",
            "string_find_all_string",
            TEXTS,
            TEXT,
            TEXT,
            (text, pattern) -> findAll(text, pattern, -1)),
        new RuleFunction(
            "findAll",
            Optional.of(
                CelOverloadDecl.newMemberOverload(
                    "string_find_all_string_int",
                    TEXTS,
                    SimpleType.STRING,
                    SimpleType.STRING,
                    SimpleType.INT)),
            CelFunctionBinding.from(
                "string_find_all_string_int",
                ImmutableList.of(String.class, String.class, Long.class),
                given -> findAll((String) given[0], (String) given[1], (Long) given[2]))));
  }

  private static List<RuleFunction> making() {
    return List.of(
        member(
            "format",
            "string_format",
            SimpleType.STRING,
            TEXT,
            new Parameter<>(ListType.create(SimpleType.DYN), List.class),
            (text, values) -> TextTemplate.fill(text, values)),
        instead(
            "replace",
            "string_replace_string_string",
            List.of(String.class, String.class, String.class),
            given -> replace((String) given[0], (String) given[1], (String) given[2], -1)),
        instead(
            "replace",
            "string_replace_string_string_int",
            List.of(String.class, String.class, String.class, Long.class),
            given ->
                replace((String) given[0], (String) given[1], (String) given[2], (Long) given[3])),
        instead("join", "list_join", List.of(List.class), given -> join((List<?>) given[0], "")),
        instead(
            "join",
            "list_join_string",
            List.of(List.class, String.class),
            given -> join((List<?>) given[0], (String) given[1])));
  }

  private static String find(String text, String pattern) {
    Matcher matcher = compile(pattern).matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<String> findAll(String text, String pattern, long most) {
    List<String> found = new ArrayList<>();
    Matcher matcher = compile(pattern).matcher(text);
    int end = -1;
    while ((most < 0 || found.size() < most) && matcher.find()) {
      // Nothing directly behind what was found is not found again.
      if (matcher.end() > matcher.start() || matcher.start() != end) {
        found.add(matcher.group());
      }
      end = matcher.end();
    }
    return found;
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new CelInvalidArgumentException("no pattern");
    }
  }

  private static String replace(String text, String old, String by, long most) {
    StringBuilder replaced = new StringBuilder();
    long left = most < 0 ? Long.MAX_VALUE : most;
    int from = 0;
    int found = text.indexOf(old);
    while (left-- > 0 && found >= 0) {
      replaced.append(text, from, found).append(by);
      RuleLimits.check(replaced.length());
      from = found + old.length();
      // Something empty is before each character and behind the last one.
      int next = from + (old.isEmpty() && from < text.length() ? width(text, from) : 0);
      found = old.isEmpty() && from == text.length() ? -1 : text.indexOf(old, next);
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static int width(String text, int from) {
    return Character.charCount(text.codePointAt(from));
  }

  private static String join(List<?> texts, String separator) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      if (!(texts.get(i) instanceof String text)) {
        throw new CelInvalidArgumentException("no text");
      }
      joined.append(i == 0 ? "" : separator).append(text);
      RuleLimits.check(joined.length());
    }
    return joined.toString();
  }
}
