package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, and what a reference to it says besides, in the grammar of the <a
 * href="https://github.com/distribution/reference">distribution project</a>.
 *
 * <p>Immutable.
 */
record ImageName(String name) {
  private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(?::[0-9]+)?/)?" + PART + "(?:/" + PART + ")*");
  private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
  private static final String DIGEST =
      "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z0-9]+)*:[0-9a-fA-F]{32,}";
  private static final Pattern VERSION =
      Pattern.compile("(?:(" + TAG + ")(?:@" + DIGEST + ")?|" + DIGEST + ")");

  ImageName {
    if (!NAME.matcher(requireNonNull(name, "image")).matches()) {
      throw new IllegalArgumentException(
          "not the name of an image, without tag and digest: "
              + name.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /**
   * Returns the reference to a version.
   *
   * @throws IllegalArgumentException if it is neither a tag nor a digest nor both
   */
  String at(String version) {
    Matcher parts = VERSION.matcher(requireNonNull(version, "version"));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a tag, a digest, or tag@digest: " + version.replaceAll("\\p{Cntrl}", "?"));
    }
    return name + (parts.group(1) == null ? "@" : ":") + version;
  }

  /** Returns the version that a reference asks for, empty for none, if it is one to this image. */
  Optional<String> version(String reference) {
    if (!reference.startsWith(name)) {
      return Optional.empty();
    }
    String rest = reference.substring(name.length());
    return rest.isEmpty() || rest.charAt(0) == ':' || rest.charAt(0) == '@'
        ? Optional.of(rest)
        : Optional.empty();
  }
}
