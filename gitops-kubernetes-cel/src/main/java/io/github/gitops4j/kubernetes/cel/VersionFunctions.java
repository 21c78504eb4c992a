package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.global;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Semantic versions: {@code semver('1.2.3').isLessThan(semver('2.0.0'))}. */
final class VersionFunctions {
  private static final CelType TYPE = OpaqueType.create("kubernetes.Semver");
  private static final Parameter<SemanticVersion> VERSION =
      new Parameter<>(TYPE, SemanticVersion.class);

  private VersionFunctions() {}

  static List<RuleFunction> all() {
    return Stream.of(parsing(), comparing(), parts()).flatMap(List::stream).toList();
  }

  private static List<RuleFunction> parsing() {
    return List.of(
        ofText("semver", "string_to_semver", TYPE, text -> read(text, false)),
        ofTextOrLoosely("semver", "string_bool_to_semver", TYPE, VersionFunctions::read),
        ofText(
            "isSemver", "is_semver_string", SimpleType.BOOL, text -> find(text, false).isPresent()),
        ofTextOrLoosely(
            "isSemver",
            "is_semver_string_bool",
            SimpleType.BOOL,
            (text, loosely) -> find(text, loosely).isPresent()));
  }

  private static List<RuleFunction> comparing() {
    return List.of(
        compare(
            "isGreaterThan",
            "semver_is_greater_than",
            SimpleType.BOOL,
            (one, other) -> one.compareTo(other) > 0),
        compare(
            "isLessThan",
            "semver_is_less_than",
            SimpleType.BOOL,
            (one, other) -> one.compareTo(other) < 0),
        compare(
            "compareTo",
            "semver_compare_to",
            SimpleType.INT,
            (one, other) -> (long) Integer.signum(one.compareTo(other))));
  }

  private static List<RuleFunction> parts() {
    return List.of(
        part("major", "semver_major", SemanticVersion::major),
        part("minor", "semver_minor", SemanticVersion::minor),
        part("patch", "semver_patch", SemanticVersion::patch));
  }

  private static RuleFunction ofText(
      String name, String id, CelType result, CelFunctionOverload.Unary<String> body) {
    return global(name, id, result, SimpleType.STRING, String.class, body);
  }

  private static RuleFunction ofTextOrLoosely(
      String name, String id, CelType result, CelFunctionOverload.Binary<String, Boolean> body) {
    return new RuleFunction(
        name,
        Optional.of(
            CelOverloadDecl.newGlobalOverload(id, result, SimpleType.STRING, SimpleType.BOOL)),
        CelFunctionBinding.from(id, String.class, Boolean.class, body));
  }

  private static RuleFunction compare(
      String name,
      String id,
      CelType result,
      CelFunctionOverload.Binary<SemanticVersion, SemanticVersion> body) {
    return member(name, id, result, VERSION, VERSION, body);
  }

  private static RuleFunction part(
      String name, String id, CelFunctionOverload.Unary<SemanticVersion> part) {
    return member(name, id, SimpleType.INT, TYPE, SemanticVersion.class, part);
  }

  private static Optional<SemanticVersion> find(String text, boolean loosely) {
    return loosely ? SemanticVersion.parseLoosely(text) : SemanticVersion.parse(text);
  }

  private static SemanticVersion read(String text, boolean loosely) {
    return find(text, loosely).orElseThrow(() -> new CelInvalidArgumentException("no version"));
  }
}
