package io.github.gitops4j.kubernetes.cel;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version; what is behind {@code +} does not count.
 *
 * <p>Immutable.
 */
record SemanticVersion(long major, long minor, long patch, List<String> preRelease)
    implements Comparable<SemanticVersion> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern TEXT =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + ("(?:-(" + PART + "(?:\\." + PART + ")*))?")
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
  private static final Comparator<SemanticVersion> NUMBERS =
      Comparator.comparingLong(SemanticVersion::major)
          .thenComparingLong(SemanticVersion::minor)
          .thenComparingLong(SemanticVersion::patch);

  /** Reads a version; nothing if it is none. */
  static Optional<SemanticVersion> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String preRelease = parts.group(4);
    return Optional.of(
        new SemanticVersion(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)),
            preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1))));
  }

  /** Reads a version that may begin with v, may be short and may have zeros in front. */
  static Optional<SemanticVersion> parseLoosely(String text) {
    String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].length() > 1 ? parts[i].replaceFirst("^0+(?=[0-9])", "") : parts[i];
      whole.append(i == 0 ? "" : ".").append(part);
    }
    String last = parts[parts.length - 1];
    if (parts.length < 3 && (last.contains("+") || last.contains("-"))) {
      return Optional.empty();
    }
    whole.append(".0".repeat(3 - parts.length));
    return parse(whole.toString());
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int numbers = NUMBERS.compare(this, other);
    if (numbers != 0 || preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return numbers != 0
          ? numbers
          : Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int part = compare(preRelease.get(i), other.preRelease.get(i));
      if (part != 0) {
        return part;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compare(String one, String other) {
    boolean number = one.matches("[0-9]+");
    boolean second = other.matches("[0-9]+");
    if (number && second) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == second ? one.compareTo(other) : number ? -1 : 1;
  }
}
