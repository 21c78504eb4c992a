package io.github.gitops4j.diff;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns on their way down a document: what is left of each after the steps so far.
 *
 * <p>Walking with the values lets {@code [name=web]} find its item even in an array that is
 * compared by position, and {@code 0} its item in one that is compared by key.
 */
final class PathPatterns {
  private static final PathPatterns NOTHING = new PathPatterns(List.of(), 0);
  private static final PathPatterns HIT = new PathPatterns(List.of(FieldPath.root()), 0);

  /** Patterns that have taken every step, all longer than {@link #depth}. */
  private final List<FieldPath> patterns;

  private final int depth;

  private PathPatterns(List<FieldPath> patterns, int depth) {
    this.patterns = patterns;
    this.depth = depth;
  }

  static PathPatterns of(List<FieldPath> patterns) {
    for (FieldPath pattern : patterns) {
      if (pattern.isRoot()) {
        return HIT;
      }
    }
    return patterns.isEmpty() ? NOTHING : new PathPatterns(patterns, 0);
  }

  /** Says whether this place, and so everything below, is taken by a pattern. */
  boolean isHit() {
    return this == HIT;
  }

  /** Says whether a pattern may take something below this place. */
  boolean reachesBelow() {
    return !patterns.isEmpty();
  }

  /**
   * Takes a step.
   *
   * @param segment how the step is named
   * @param position position in the array, or -1
   * @param desired what is there, if anything
   * @param live what is there, if anything
   */
  PathPatterns step(
      PathSegment segment, int position, @Nullable Value desired, @Nullable Value live) {
    if (this == HIT || patterns.isEmpty()) {
      return this;
    }
    List<FieldPath> left = new ArrayList<>();
    for (FieldPath pattern : patterns) {
      if (takes(pattern.segments().get(depth), segment, position, desired, live)) {
        if (pattern.size() == depth + 1) {
          return HIT;
        }
        left.add(pattern);
      }
    }
    return left.isEmpty() ? NOTHING : new PathPatterns(left, depth + 1);
  }

  /** Returns the keyed segments that a pattern asks for at this place. */
  List<PathSegment.Keyed> keyedSteps() {
    List<PathSegment.Keyed> keyed = new ArrayList<>();
    if (this != HIT) {
      for (FieldPath pattern : patterns) {
        if (pattern.segments().get(depth) instanceof PathSegment.Keyed segment) {
          keyed.add(segment);
        }
      }
    }
    return keyed;
  }

  private static boolean takes(
      PathSegment pattern,
      PathSegment segment,
      int position,
      @Nullable Value desired,
      @Nullable Value live) {
    if (pattern.matches(segment)) {
      return true;
    }
    if (pattern instanceof PathSegment.Keyed keyed) {
      return (desired != null && keyed.selects(desired)) || (live != null && keyed.selects(live));
    }
    return pattern instanceof PathSegment.Index index && index.position() == position;
  }
}
