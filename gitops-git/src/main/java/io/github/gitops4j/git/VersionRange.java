package io.github.gitops4j.git;

import com.github.zafarkhaja.semver.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of semantic versions, as Flux's {@code GitRepository} reads it: {@code >=1.2 <2}, {@code
 * ~1.2}, {@code ^1.2.3}, {@code 1.x}, {@code 1.2 - 1.4}; a comma or space is "and", {@code ||} is
 * "or".
 *
 * <p>A pre-release is in a range only if one of the comparisons that are joined by "and" names a
 * pre-release, such as {@code >=1.2.0-0}.
 *
 * <p>Immutable.
 */
final class VersionRange {
  private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
  private static final Pattern COMPARISON =
      Pattern.compile("\\G[\\s,]*(==|=>|=<|!=|>=|<=|~>|[=<>~^])?\\s*([^\\s,=<>~^!]+)");

  private final List<Group> groups;

  private VersionRange(List<Group> groups) {
    this.groups = List.copyOf(groups);
  }

  /** Comparisons that all must hold. */
  private record Group(List<Predicate<Version>> comparisons, boolean preReleases) {
    boolean contains(Version version) {
      return (preReleases || version.preReleaseVersion().isEmpty())
          && comparisons.stream().allMatch(comparison -> comparison.test(version));
    }
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none; nothing is guessed
   */
  static VersionRange parse(String text) {
    List<Group> groups = new ArrayList<>();
    for (String group : text.split("\\|\\|", -1)) {
      groups.add(group(text, group.strip()));
    }
    return new VersionRange(groups);
  }

  private static Group group(String text, String group) {
    Matcher hyphen = HYPHEN.matcher(group);
    if (hyphen.matches()) {
      PartialVersion from = partial(text, hyphen.group(1));
      PartialVersion to = partial(text, hyphen.group(2));
      return new Group(
          List.of(comparison(">=", from), comparison("<=", to)),
          from.isPreRelease() || to.isPreRelease());
    }
    List<Predicate<Version>> comparisons = new ArrayList<>();
    boolean preReleases = false;
    Matcher next = COMPARISON.matcher(group);
    int end = 0;
    while (next.find()) {
      PartialVersion version = partial(text, next.group(2));
      comparisons.add(comparison(next.group(1) == null ? "=" : next.group(1), version));
      preReleases |= version.isPreRelease();
      end = next.end();
    }
    if (comparisons.isEmpty() || end != group.length()) {
      throw new IllegalArgumentException(
          "not a range of versions: '" + text + "', at '" + group.substring(end) + "'");
    }
    return new Group(comparisons, preReleases);
  }

  private static PartialVersion partial(String text, String version) {
    return PartialVersion.parse(version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not a range of versions: '" + text + "', at '" + version + "'"));
  }

  private static Predicate<Version> comparison(String operator, PartialVersion bound) {
    Predicate<Version> atLeast = from(bound.lowest());
    return switch (operator) {
      case "=", "==" -> same(bound);
      case "!=" -> same(bound).negate();
      case ">=", "=>" -> atLeast;
      case "<" -> from(bound.floor()).negate();
      case ">" -> upTo(bound).negate();
      case "<=", "=<" -> upTo(bound);
      case "~", "~>" -> atLeast.and(below(bound.afterMinor()));
      case "^" -> atLeast.and(below(bound.afterCompatible()));
      default -> throw new AssertionError(operator);
    };
  }

  private static Predicate<Version> same(PartialVersion bound) {
    return from(bound.lowest()).and(upTo(bound));
  }

  private static Predicate<Version> upTo(PartialVersion bound) {
    return bound.isWhole()
        ? version -> version.compareToIgnoreBuildMetadata(bound.lowest()) <= 0
        : below(bound.afterMinor());
  }

  private static Predicate<Version> from(Version least) {
    return version -> version.compareToIgnoreBuildMetadata(least) >= 0;
  }

  private static Predicate<Version> below(Optional<Version> end) {
    return version -> end.isEmpty() || version.compareToIgnoreBuildMetadata(end.get()) < 0;
  }

  boolean contains(Version version) {
    return groups.stream().anyMatch(group -> group.contains(version));
  }
}
