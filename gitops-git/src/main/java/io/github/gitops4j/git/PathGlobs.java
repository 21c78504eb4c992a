package io.github.gitops4j.git;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which paths count: all that match an include pattern, or all if there is none, and no exclude
 * pattern. {@code *} and {@code ?} stay within a part, {@code **} goes over parts.
 */
final class PathGlobs {
  private final List<String> includes;
  private final List<String> excludes;
  private final List<Pattern> includePatterns;
  private final List<Pattern> excludePatterns;

  PathGlobs(List<String> includes, List<String> excludes) {
    this.includes = List.copyOf(includes);
    this.excludes = List.copyOf(excludes);
    this.includePatterns = includes.stream().map(PathGlobs::pattern).toList();
    this.excludePatterns = excludes.stream().map(PathGlobs::pattern).toList();
  }

  /**
   * Reads patterns for their errors.
   *
   * @throws IllegalArgumentException if one is empty or not relative
   */
  static void check(List<String> globs) {
    globs.forEach(PathGlobs::pattern);
  }

  boolean matches(String path) {
    return (includePatterns.isEmpty() || any(includePatterns, path)) && !any(excludePatterns, path);
  }

  boolean matchEverything() {
    return includes.isEmpty() && excludes.isEmpty();
  }

  /** Returns the patterns as text; equal patterns give equal text. */
  String id() {
    return matchEverything() ? "" : includes + "-" + excludes;
  }

  private static boolean any(List<Pattern> patterns, String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern pattern(String glob) {
    if (glob.isEmpty() || glob.startsWith("/")) {
      throw new IllegalArgumentException("a pattern is relative and not empty: " + glob);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
