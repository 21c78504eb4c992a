package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.OwnedFields;
import io.github.gitops4j.kubernetes.internal.fields.OwnedStep;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of one object does not count: the paths of rules, and the fields of the managers that rules
 * name, as the object's managed fields say.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class IgnoredFields {
  private final List<FieldPath> paths;

  private IgnoredFields(List<FieldPath> paths) {
    this.paths = List.copyOf(paths);
  }

  /** Says whether a rule is about an object, so that its managed fields have to be known. */
  public static boolean concern(List<IgnoreRule> rules, ResourceKey key) {
    return !IgnoreRule.lineFor(rules, key).isEmpty();
  }

  /**
   * Finds what does not count.
   *
   * @param live the object with its managed fields
   * @param desired what is declared: an item that is not declared is ignored as a whole
   */
  public static IgnoredFields of(
      List<IgnoreRule> rules, ResourceKey key, LiveObject live, Document desired) {
    List<FieldPath> paths = new ArrayList<>(IgnoreRule.pathsFor(rules, key));
    List<String> managers = IgnoreRule.managersFor(rules, key);
    if (!managers.isEmpty()) {
      for (Mapping entry : live.managers()) {
        if (managers.contains(entry.text("manager").orElse(""))) {
          add(OwnedFields.ofEntry(entry), FieldPath.root(), desired, paths);
        }
      }
    }
    return new IgnoredFields(paths);
  }

  private static void add(
      OwnedFields owned, FieldPath at, Document desired, List<FieldPath> paths) {
    owned.forEachChild(
        (step, below) -> {
          if (step instanceof OwnedStep.Field field) {
            addBelow(below, at.field(field.name()), desired, paths);
          } else if (step instanceof OwnedStep.Key key) {
            FieldPath item = at.keyed(texts(key.fields()));
            if (below.hasPlace() && desired.at(item).isEmpty()) {
              paths.add(item);
            } else {
              addBelow(below, item, desired, paths);
            }
          }
          // Items of sets are never taken from anybody, so there is nothing to ignore.
        });
  }

  private static void addBelow(
      OwnedFields owned, FieldPath at, Document desired, List<FieldPath> paths) {
    if (owned.isWhole()) {
      paths.add(at);
    } else {
      add(owned, at, desired, paths);
    }
  }

  /** Returns the fields of an item that are no containers, as a path names them. */
  static Map<String, String> texts(Mapping fields) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Value value = fields.value(i);
      if (value instanceof Text text) {
        texts.put(fields.key(i), text.value());
      } else if (!ListItems.isContainer(value)) {
        texts.put(fields.key(i), value.toJson());
      }
    }
    return texts;
  }

  /** Returns the paths, patterns of what does not count with everything below. */
  List<FieldPath> paths() {
    return paths;
  }

  /** Says whether a place does not count. */
  boolean cover(FieldPath path) {
    return paths.stream().anyMatch(ignored -> ignored.covers(path));
  }
}
