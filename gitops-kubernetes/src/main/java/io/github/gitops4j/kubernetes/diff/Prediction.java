package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a live value would be after an apply, without asking a server.
 *
 * <p>Where nothing changes the result is the live value itself, not a copy: so an object that is in
 * sync costs one walk and no memory.
 *
 * <p>Thread-safe.
 */
final class Prediction {
  private Prediction() {}

  /**
   * Returns the value after the apply.
   *
   * @param desired what is declared; null if nothing is
   * @param live what is there; null if nothing is
   * @param type what is known of the field
   * @param claim what was declared before
   */
  static @Nullable Value of(
      @Nullable Value desired, @Nullable Value live, FieldType type, Claim claim) {
    if (desired == live) {
      return live;
    }
    if (desired == null) {
      return live == null ? null : remaining(live, type, claim);
    }
    if (live == null) {
      return type.isImplied(desired) ? null : desired;
    }
    if (type.isUnsaid(desired) && type.isImplied(live)) {
      return live;
    }
    if (desired instanceof Mapping wanted && live instanceof Mapping present) {
      return fields(wanted, present, type, claim);
    }
    if (desired instanceof Sequence wanted && live instanceof Sequence present) {
      return items(wanted, present, type, claim);
    }
    if (desired.equals(live) || type.areSame(desired, live)) {
      return live;
    }
    // A null is the same as no field, save in custom kinds, some of whose fields can be null.
    boolean none = desired instanceof Null && type != FieldType.UNKNOWN;
    return none ? remaining(live, type, claim) : desired;
  }

  private static Mapping fields(Mapping desired, Mapping live, FieldType type, Claim claim) {
    FieldEdit edit = null;
    int cursor = 0;
    for (int i = 0; i < desired.size(); i++) {
      String name = desired.key(i);
      int position = FieldEdit.find(live, name, cursor);
      cursor = position + 1;
      Value wanted = desired.value(i);
      Value present = position < 0 ? null : live.value(position);
      if (ListItems.isContainer(wanted) || !wanted.equals(present)) {
        Value after = of(wanted, present, type.field(name), claim.field(name));
        if (after != present) {
          edit = edit == null ? new FieldEdit(live) : edit;
          edit.set(position, name, after);
        }
      }
    }
    for (int i = 0; i < live.size() && !(claim instanceof Claim.Nothing); i++) {
      String name = live.key(i);
      if (desired.indexOf(name) < 0) {
        Value left = remaining(live.value(i), type.field(name), claim.field(name));
        if (left != live.value(i)) {
          edit = edit == null ? new FieldEdit(live) : edit;
          edit.set(i, name, left);
        }
      }
    }
    return edit == null ? live : edit.result();
  }

  private static Sequence items(Sequence desired, Sequence live, FieldType type, Claim claim) {
    if (type.form() == FieldType.Form.KEYED_LIST) {
      if (claim instanceof Claim.Nothing && ListItems.areInStep(type, desired, live)) {
        return positions(desired, live, type, claim);
      }
      Sequence wanted = ListItems.withKeys(type, desired);
      if (ListItems.areTold(type.keys(), wanted) && ListItems.areTold(type.keys(), live)) {
        return known(wanted, live, type, claim);
      }
    } else if (type.form() == FieldType.Form.SET) {
      return known(desired, live, type, claim);
    }
    return positions(desired, live, type, claim);
  }

  /** Items that are found wherever they are. */
  private static Sequence known(Sequence desired, Sequence live, FieldType type, Claim claim) {
    @Nullable Value[] after = new Value[live.size()];
    boolean changed = false;
    Sequence.Builder added = Sequence.builder();
    for (int i = 0; i < desired.size(); i++) {
      Value wanted = desired.get(i);
      int position = live.size() == 0 ? -1 : ListItems.find(type.keys(), wanted, live, i);
      if (position < 0) {
        added.add(wanted);
        changed = true;
      } else {
        Value present = live.get(position);
        Claim said = claim.item(type.keys(), present);
        after[position] = of(wanted, present, type.element(), said);
        changed |= after[position] != present;
      }
    }
    for (int i = 0; i < after.length; i++) {
      if (after[i] == null) {
        Value present = live.get(i);
        Claim said = claim.item(type.keys(), present);
        after[i] = said.hasPlace() ? null : remaining(present, type.element(), said);
        changed |= after[i] != present;
      }
    }
    return changed ? joined(after, added.build()) : live;
  }

  private static Sequence joined(@Nullable Value[] kept, Sequence added) {
    Sequence.Builder all = Sequence.builder();
    for (Value value : kept) {
      if (value != null) {
        all.add(value);
      }
    }
    for (int i = 0; i < added.size(); i++) {
      all.add(added.get(i));
    }
    return all.build();
  }

  /** A list that is written as a whole: its items are declared with all that is in them. */
  private static Sequence positions(Sequence desired, Sequence live, FieldType type, Claim claim) {
    Claim said = claim.hasPlace() ? Claim.Everything.INSTANCE : Claim.Nothing.INSTANCE;
    int size = desired.size();
    @Nullable Value[] after = size == live.size() ? null : new Value[size];
    for (int i = 0; i < size; i++) {
      Value wanted = desired.get(i);
      Value present = i < live.size() ? live.get(i) : null;
      Value item = present == null ? wanted : of(wanted, present, type.element(), said);
      if (after == null && item != present) {
        after = new Value[size];
        for (int before = 0; before < i; before++) {
          after[before] = live.get(before);
        }
      }
      if (after != null) {
        after[i] = item == null ? wanted : item;
      }
    }
    return after == null ? live : joined(after, Sequence.empty());
  }

  /** Returns what is left of a live value that is not declared. */
  private static @Nullable Value remaining(Value live, FieldType type, Claim claim) {
    if (claim instanceof Claim.Nothing || type.isImplied(live)) {
      return live;
    }
    boolean isMergedList = !type.keys().isEmpty() || type.form() == FieldType.Form.SET;
    boolean isOneValue = live instanceof Sequence && !isMergedList;
    if (claim.isWhole() || (isOneValue && claim.hasPlace())) {
      return afterRemoval(live, type);
    }
    Value left = live;
    if (live instanceof Mapping present) {
      left = fields(Mapping.empty(), present, type, claim);
    } else if (live instanceof Sequence present && isMergedList) {
      left = known(Sequence.empty(), present, type, claim);
    }
    return left != live && (claim.hasPlace() || type.isImplied(left)) && isEmpty(left)
        ? null
        : left;
  }

  private static boolean isEmpty(Value value) {
    return (value instanceof Mapping mapping && mapping.size() == 0)
        || (value instanceof Sequence items && items.size() == 0);
  }

  /** The server puts the default there, in an object field by field. */
  private static @Nullable Value afterRemoval(Value live, FieldType type) {
    Optional<Value> implied = type.defaultValue();
    if (implied.isPresent()) {
      return of(implied.get(), live, type, Claim.Everything.INSTANCE);
    }
    if (live instanceof Mapping present && type.form() == FieldType.Form.STRUCT) {
      Mapping left = fields(Mapping.empty(), present, type, Claim.Everything.INSTANCE);
      return type.isImplied(left) && left.size() > 0 ? left : null;
    }
    return null;
  }
}
