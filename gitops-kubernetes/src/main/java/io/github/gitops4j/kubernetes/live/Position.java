package io.github.gitops4j.kubernetes.live;

import java.util.List;
import java.util.Optional;

/**
 * How far a watch has come. Versions of one API server are numbers that grow.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">
 *     Kubernetes API concepts</a>
 */
final class Position {
  private Position() {}

  /** Says whether a position is that of another version or before it, as far as one can tell. */
  static boolean isNotBeyond(String position, String version) {
    try {
      return Long.parseLong(position) <= Long.parseLong(version);
    } catch (NumberFormatException e) {
      return position.equals(version);
    }
  }

  /** Returns the lowest of some positions; nothing if nobody can tell. */
  static Optional<String> lowest(String first, List<String> others) {
    try {
      long lowest = Long.parseLong(first);
      for (String other : others) {
        lowest = Math.min(lowest, Long.parseLong(other));
      }
      return Optional.of(Long.toString(lowest));
    } catch (NumberFormatException e) {
      return others.isEmpty() ? Optional.of(first) : Optional.empty();
    }
  }
}
