package io.github.gitops4j.kubernetes.internal.fields;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What one manager owns at and below a place of an object: a view of its {@code fieldsV1}, of which
 * nothing is copied.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class OwnedFields {
  private static final String PLACE = ".";
  private static final OwnedFields NOTHING =
      new OwnedFields(Mapping.builder().put(PLACE, Mapping.empty()).build());

  private final Mapping tree;

  private OwnedFields(Mapping tree) {
    this.tree = tree;
  }

  /** Takes the tree of an entry of the managed fields, or what is below one of its keys. */
  public static OwnedFields of(Mapping tree) {
    return new OwnedFields(requireNonNull(tree, "tree"));
  }

  /** Returns what an entry of the managed fields says; nothing is owned if it says nothing. */
  public static OwnedFields ofEntry(Mapping entry) {
    return entry.get("fieldsV1").orElse(null) instanceof Mapping tree && tree.size() > 0
        ? of(tree)
        : NOTHING;
  }

  /** Returns a set of the places at these paths, each a list of steps from the root. */
  public static OwnedFields ofPaths(Iterable<List<OwnedStep>> paths) {
    Branch root = new Branch();
    paths.forEach(root::add);
    Mapping tree = root.tree();
    return tree.size() == 0 ? NOTHING : of(tree);
  }

  /** Says whether nothing below this place is told apart: it is owned with all that is in it. */
  public boolean isWhole() {
    return tree.size() == 0;
  }

  /** Says whether the place itself is owned, and not only something below it. */
  public boolean hasPlace() {
    return isWhole() || tree.indexOf(PLACE) >= 0;
  }

  /** Returns what is owned of a field; nothing if the manager owns nothing there. */
  public Optional<OwnedFields> field(String name) {
    for (int i = 0; i < tree.size(); i++) {
      String key = tree.key(i);
      if (key.length() == name.length() + 2 && key.startsWith("f:") && key.endsWith(name)) {
        return below(i);
      }
    }
    return Optional.empty();
  }

  /** Returns what is owned of an item of a list; nothing if the manager owns nothing there. */
  public Optional<OwnedFields> item(Value item) {
    for (int i = 0; i < tree.size(); i++) {
      if (!tree.key(i).equals(PLACE)
          && isStepTo(OwnedStep.parse(tree.key(i)), item, FieldType.UNKNOWN)) {
        return below(i);
      }
    }
    return Optional.empty();
  }

  private Optional<OwnedFields> below(int position) {
    return tree.value(position) instanceof Mapping child
        ? Optional.of(of(child))
        : Optional.empty();
  }

  /** Hands out each step to what is owned below, in the order of the tree. */
  public void forEachChild(BiConsumer<OwnedStep, OwnedFields> visitor) {
    for (int i = 0; i < tree.size(); i++) {
      if (!tree.key(i).equals(PLACE) && tree.value(i) instanceof Mapping child) {
        visitor.accept(OwnedStep.parse(tree.key(i)), of(child));
      }
    }
  }

  /** Hands out the path of each owned place, in the order of the tree. */
  public void forEachPath(Consumer<List<OwnedStep>> visitor) {
    forEachPath(new ArrayList<>(), visitor);
  }

  private void forEachPath(List<OwnedStep> above, Consumer<List<OwnedStep>> visitor) {
    if (!above.isEmpty() && hasPlace()) {
      visitor.accept(List.copyOf(above));
    }
    forEachChild(
        (step, below) -> {
          above.add(step);
          below.forEachPath(above, visitor);
          above.remove(above.size() - 1);
        });
  }

  /**
   * Says whether every owned place is there in a value. Allocates nothing.
   *
   * @param type what is known of the value: keys of items that are not said have their default
   */
  public boolean isWithin(Value value, FieldType type) {
    return isWithin(tree, value, type);
  }

  private static boolean isWithin(Mapping tree, Value value, FieldType type) {
    for (int i = 0; i < tree.size(); i++) {
      String key = tree.key(i);
      if (!key.equals(PLACE) && !isWithin(key, tree.value(i), value, type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(String key, Value below, Value value, FieldType type) {
    OwnedStep step = OwnedStep.parse(key);
    boolean leaf = !(below instanceof Mapping child) || child.size() == 0;
    if (step instanceof OwnedStep.Field field) {
      int found = value instanceof Mapping mapping ? mapping.indexOf(field.name()) : -1;
      return found >= 0
          && (leaf
              || isWithin(
                  (Mapping) below, ((Mapping) value).value(found), type.field(field.name())));
    }
    if (value instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        if (isStepTo(step, items.get(i), type)) {
          return leaf || isWithin((Mapping) below, items.get(i), type.element());
        }
      }
    }
    return false;
  }

  private static boolean isStepTo(OwnedStep step, Value item, FieldType type) {
    return step instanceof OwnedStep.Key key
        ? key.selects(item, type.element())
        : step instanceof OwnedStep.Item one && one.value().equals(item);
  }

  /** Returns the tree as it is written. */
  public Mapping tree() {
    return tree;
  }
}
