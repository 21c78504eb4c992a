package io.github.gitops4j.git;

import com.github.zafarkhaja.semver.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of which the last parts may be missing or a wildcard: {@code v1.2}, {@code 1.x}.
 *
 * <p>Immutable.
 *
 * @param given how many of the three numbers are there
 * @param preRelease empty if there is none
 */
record PartialVersion(int given, long major, long minor, long patch, String preRelease) {
  private static final int WHOLE = 3;
  private static final String LOWEST_PRE_RELEASE = "0";

  /** Zeros in front of a number are allowed, so that dates are versions. */
  private static final Pattern FORM =
      Pattern.compile(
          "v?([0-9]{1,18}|[xX*])(?:\\.([0-9]{1,18}|[xX*]))?(?:\\.([0-9]{1,18}|[xX*]))?"
              + "(?:-([0-9A-Za-z.-]+))?(\\+[0-9A-Za-z.-]+)?");

  /** Reads a part of a range; empty if it is no version. */
  static Optional<PartialVersion> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long[] numbers = new long[WHOLE];
    int given = 0;
    boolean wild = false;
    for (int part = 0; part < WHOLE; part++) {
      String number = form.group(part + 1);
      wild |= number == null || !Character.isDigit(number.charAt(0));
      if (!wild) {
        numbers[part] = Long.parseLong(number);
        given++;
      } else if (number != null && Character.isDigit(number.charAt(0))) {
        return Optional.empty();
      }
    }
    String pre = form.group(4) == null ? "" : form.group(4);
    return Version.isValid("0.0.0" + (pre.isEmpty() ? "" : "-" + pre))
        ? Optional.of(new PartialVersion(given, numbers[0], numbers[1], numbers[2], pre))
        : Optional.empty();
  }

  /** Reads the name of a tag, in which missing numbers are zeros; empty if it is no version. */
  static Optional<Version> ofTag(String name) {
    Optional<PartialVersion> parts = parse(name);
    if (parts.isEmpty() || name.matches("[^-+]*[xX*].*")) {
      return Optional.empty();
    }
    int plus = name.indexOf('+');
    String build = plus < 0 ? "" : name.substring(plus);
    return Version.tryParse(parts.get().lowest() + build);
  }

  boolean isWhole() {
    return given == WHOLE;
  }

  boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /** Returns the version with zeros for what is missing. */
  Version lowest() {
    return preRelease.isEmpty()
        ? Version.of(major, minor, patch)
        : Version.of(major, minor, patch, preRelease);
  }

  /** Returns what is above every version that is less than this, their pre-releases included. */
  Version floor() {
    return isWhole() || isPreRelease() ? lowest() : first(major, minor, patch);
  }

  /** Returns the first version after those of the same minor version, or of the same major one. */
  Optional<Version> afterMinor() {
    return switch (given) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(first(major + 1, 0, 0));
      default -> Optional.of(first(major, minor + 1, 0));
    };
  }

  /** Returns the first version that may break who relies on this one: the left-most part grew. */
  Optional<Version> afterCompatible() {
    if (given <= 1 || major > 0) {
      return given == 0 ? Optional.empty() : Optional.of(first(major + 1, 0, 0));
    }
    return minor > 0 || given == 2
        ? Optional.of(first(0, minor + 1, 0))
        : Optional.of(first(0, 0, patch + 1));
  }

  private static Version first(long major, long minor, long patch) {
    return Version.of(major, minor, patch, LOWEST_PRE_RELEASE);
  }
}
