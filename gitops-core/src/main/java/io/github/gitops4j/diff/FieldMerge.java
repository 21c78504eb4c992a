package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the document to write from a desired one, in which ignored fields keep what is live.
 *
 * <p>At an ignored path the result has live's value, or nothing if live has nothing there; all else
 * is desired's. Items of arrays belong together by key where a key is known or the path names one,
 * else by position.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class FieldMerge {
  private final List<FieldPath> ignored;
  private final ListKeys listKeys;

  private FieldMerge(List<FieldPath> ignored, ListKeys listKeys) {
    this.ignored = List.copyOf(ignored);
    this.listKeys = requireNonNull(listKeys, "listKeys");
  }

  /** Creates a merge that keeps live's values at these paths. */
  public static FieldMerge keeping(List<FieldPath> ignored, ListKeys listKeys) {
    return new FieldMerge(ignored, listKeys);
  }

  /** Returns the document to write, or nothing if all of it is ignored and live has nothing. */
  public Optional<Document> merge(Document desired, Document live) {
    PathPatterns patterns = PathPatterns.of(ignored);
    Value merged = merge(desired.root(), live.root(), patterns, FieldPath.root());
    return Optional.ofNullable(merged).map(Document::of);
  }

  private @Nullable Value merge(
      @Nullable Value desired, @Nullable Value live, PathPatterns patterns, FieldPath path) {
    if (patterns.isHit()) {
      return live;
    }
    if (!patterns.reachesBelow()) {
      return desired;
    }
    if (desired instanceof Mapping wanted) {
      return fields(wanted, live instanceof Mapping present ? present : null, patterns, path);
    }
    if (desired instanceof Sequence wanted) {
      return items(wanted, live instanceof Sequence present ? present : null, patterns, path);
    }
    if (desired == null && live instanceof Mapping present) {
      Mapping kept = fields(Mapping.empty(), present, patterns, path);
      return kept.size() == 0 ? null : kept;
    }
    return desired;
  }

  private Mapping fields(
      Mapping desired, @Nullable Mapping live, PathPatterns patterns, FieldPath path) {
    Mapping present = live == null ? Mapping.empty() : live;
    Mapping.Builder result = Mapping.builder();
    for (int i = 0; i < desired.size(); i++) {
      int position = present.indexOf(desired.key(i));
      Value other = position < 0 ? null : present.value(position);
      put(result, desired.key(i), field(desired.key(i), desired.value(i), other, patterns, path));
    }
    for (int i = 0; i < present.size(); i++) {
      String key = present.key(i);
      if (desired.indexOf(key) < 0) {
        put(result, key, field(key, null, present.value(i), patterns, path));
      }
    }
    return result.build();
  }

  private @Nullable Value field(
      String key,
      @Nullable Value desired,
      @Nullable Value live,
      PathPatterns patterns,
      FieldPath path) {
    FieldPath below = path.field(key);
    PathSegment segment = below.segments().get(path.size());
    return merge(desired, live, patterns.step(segment, -1, desired, live), below);
  }

  private static void put(Mapping.Builder result, String key, @Nullable Value value) {
    if (value != null) {
      result.put(key, value);
    }
  }

  /** An item that only live has is kept if all of it is ignored; a part of one would be no item. */
  private Sequence items(
      Sequence desired, @Nullable Sequence live, PathPatterns patterns, FieldPath path) {
    Sequence.Builder result = Sequence.builder();
    for (ItemMatch pair : ItemMatch.pairs(desired, live, keys(patterns, path))) {
      PathPatterns below =
          patterns.step(pair.segment(), pair.position(), pair.desired(), pair.live());
      if (pair.desired() == null && !below.isHit()) {
        continue;
      }
      Value item = merge(pair.desired(), pair.live(), below, path.child(pair.segment()));
      if (item != null) {
        result.add(item);
      }
    }
    return result.build();
  }

  private List<String> keys(PathPatterns patterns, FieldPath path) {
    List<String> known = listKeys.of(path);
    if (!known.isEmpty()) {
      return known;
    }
    List<PathSegment.Keyed> asked = patterns.keyedSteps();
    return asked.isEmpty() ? List.of() : List.copyOf(asked.get(0).fields().keySet());
  }
}
