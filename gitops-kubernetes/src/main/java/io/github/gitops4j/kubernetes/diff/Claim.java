package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.kubernetes.internal.fields.OwnedFields;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What was said of a place of a live object before: where it is said no longer, the place goes.
 *
 * <p>Immutable.
 */
sealed interface Claim {
  /** Returns what was said of a field below. */
  Claim field(String name);

  /** Returns what was said of an item of a list below. */
  Claim item(List<String> keys, Value item);

  /** Says whether this place was said, with all that is in it. */
  boolean isWhole();

  /** Says whether the place itself was said, and goes when nothing in it is left. */
  default boolean hasPlace() {
    return isWhole();
  }

  /** The same of everything below. */
  sealed interface Uniform extends Claim {
    @Override
    default Claim field(String name) {
      return this;
    }

    @Override
    default Claim item(List<String> keys, Value item) {
      return this;
    }
  }

  /** Nothing was said: what is live stays. */
  record Nothing() implements Uniform {
    /** The only value needed. */
    static final Claim INSTANCE = new Nothing();

    @Override
    public boolean isWhole() {
      return false;
    }
  }

  /** All was said. */
  record Everything() implements Uniform {
    /** The only value needed. */
    static final Claim INSTANCE = new Everything();

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  /** All of an object but what the server writes. */
  record Declared() implements Claim {
    private static final Set<String> SERVER_FIELDS = Set.of("apiVersion", "kind", "status");

    @Override
    public Claim field(String name) {
      if (name.equals("metadata")) {
        return new DeclaredMetadata();
      }
      return SERVER_FIELDS.contains(name) ? Nothing.INSTANCE : Everything.INSTANCE;
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      return Nothing.INSTANCE;
    }

    @Override
    public boolean isWhole() {
      return false;
    }
  }

  /** All of the metadata that somebody may declare. */
  record DeclaredMetadata() implements Claim {
    private static final Set<String> DECLARED =
        Set.of("labels", "annotations", "finalizers", "ownerReferences");

    @Override
    public Claim field(String name) {
      return DECLARED.contains(name) ? new DeclaredEntries() : Nothing.INSTANCE;
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      return Nothing.INSTANCE;
    }

    @Override
    public boolean isWhole() {
      return false;
    }
  }

  /** All entries but the annotations in which {@code kubectl} and the controllers keep notes. */
  record DeclaredEntries() implements Claim {
    @Override
    public Claim field(String name) {
      return name.equals("kubectl.kubernetes.io/last-applied-configuration")
              || name.equals("deployment.kubernetes.io/revision")
          ? Nothing.INSTANCE
          : Everything.INSTANCE;
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      return Everything.INSTANCE;
    }

    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public boolean hasPlace() {
      return true;
    }
  }

  /**
   * What a manager owns. What another owns too stays.
   *
   * @param ours what it owns
   * @param others what the others own at the same place
   */
  record Owned(OwnedFields ours, List<OwnedFields> others) implements Claim {
    @Override
    public Claim field(String name) {
      return ours.field(name)
          .map(
              below -> {
                List<OwnedFields> shared = new ArrayList<>();
                others.forEach(other -> other.field(name).ifPresent(shared::add));
                return below(below, shared);
              })
          .orElse(Nothing.INSTANCE);
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      return ours.item(item)
          .map(
              below -> {
                List<OwnedFields> shared = new ArrayList<>();
                others.forEach(other -> other.item(item).ifPresent(shared::add));
                return below(below, shared);
              })
          .orElse(Nothing.INSTANCE);
    }

    private static Claim below(OwnedFields ours, List<OwnedFields> others) {
      if (!ours.isWhole()) {
        return new Owned(ours, others);
      }
      return others.isEmpty() ? Everything.INSTANCE : Nothing.INSTANCE;
    }

    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public boolean hasPlace() {
      return ours.hasPlace() && others.isEmpty();
    }
  }

  /**
   * What was applied.
   *
   * @param before its value
   */
  record Applied(Value before) implements Claim {
    @Override
    public Claim field(String name) {
      int position = before instanceof Mapping mapping ? mapping.indexOf(name) : -1;
      return position < 0 ? Nothing.INSTANCE : new Applied(((Mapping) before).value(position));
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      if (before instanceof Sequence items) {
        for (int i = 0; i < items.size(); i++) {
          if (ListItems.isSame(keys, items.get(i), item)) {
            return new Applied(items.get(i));
          }
        }
      }
      return Nothing.INSTANCE;
    }

    /** Others may have put more into what holds several values. */
    @Override
    public boolean isWhole() {
      return !(before instanceof Mapping || before instanceof Sequence);
    }

    @Override
    public boolean hasPlace() {
      return true;
    }
  }

  /**
   * What either says.
   *
   * @param one the one
   * @param other the other
   */
  record Either(Claim one, Claim other) implements Claim {
    @Override
    public Claim field(String name) {
      return of(one.field(name), other.field(name));
    }

    @Override
    public Claim item(List<String> keys, Value item) {
      return of(one.item(keys, item), other.item(keys, item));
    }

    static Claim of(Claim one, Claim other) {
      if (one instanceof Nothing) {
        return other;
      }
      return other instanceof Nothing ? one : new Either(one, other);
    }

    @Override
    public boolean isWhole() {
      return one.isWhole() || other.isWhole();
    }

    @Override
    public boolean hasPlace() {
      return one.hasPlace() || other.hasPlace();
    }
  }
}
