package io.github.gitops4j.resource;

import java.util.List;
import java.util.Set;

/**
 * Which paths count: those that one pattern takes and no other one refuses. {@code *} and {@code ?}
 * stay within a part of the path, the part {@code **} stands for any number of parts, also none.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class PathPatterns {
  private final List<PathPattern> taken;
  private final List<PathPattern> refused;

  private PathPatterns(List<PathPattern> taken, List<PathPattern> refused) {
    this.taken = taken;
    this.refused = refused;
  }

  /**
   * Returns the patterns.
   *
   * @param taken one of them has to take a path
   * @param refused none of them may
   * @throws IllegalArgumentException if one could take no path: it is empty, or has a part that is
   *     empty, {@code .} or {@code ..}, or {@code **} beside something else in a part
   */
  public static PathPatterns of(List<String> taken, List<String> refused) {
    return new PathPatterns(
        taken.stream().map(PathPattern::parse).toList(),
        refused.stream().map(PathPattern::parse).toList());
  }

  /** Says whether a path counts. */
  public boolean take(String path) {
    List<String> parts = PathPattern.parts(path);
    return taken.stream().anyMatch(pattern -> pattern.takes(parts))
        && refused.stream().noneMatch(pattern -> pattern.takes(parts));
  }

  /** One pattern; the time is bounded by the product of the lengths, as that of a {@link Glob}. */
  private record PathPattern(List<String> parts) {
    private static final String ANY = "**";
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    static PathPattern parse(String text) {
      List<String> parts = parts(text);
      for (String part : parts) {
        if (NO_NAMES.contains(part) || (part.contains(ANY) && !part.equals(ANY))) {
          throw new IllegalArgumentException(
              "a relative path such as envs/*/app.yaml or **/app.yaml, not \"" + text + "\"");
        }
      }
      return new PathPattern(parts);
    }

    static List<String> parts(String path) {
      return List.of(path.split("/", -1));
    }

    boolean takes(List<String> path) {
      int inPattern = 0;
      int inPath = 0;
      int any = -1;
      int anyPath = 0;
      while (inPath < path.size()) {
        if (inPattern < parts.size() && parts.get(inPattern).equals(ANY)) {
          any = inPattern++;
          anyPath = inPath;
        } else if (inPattern < parts.size()
            && new Glob(parts.get(inPattern)).takes(path.get(inPath))) {
          inPattern++;
          inPath++;
        } else if (any >= 0) {
          inPattern = any + 1;
          inPath = ++anyPath;
        } else {
          return false;
        }
      }
      while (inPattern < parts.size() && parts.get(inPattern).equals(ANY)) {
        inPattern++;
      }
      return inPattern == parts.size();
    }
  }
}
