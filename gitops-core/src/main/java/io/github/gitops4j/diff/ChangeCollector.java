package io.github.gitops4j.diff;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks two documents that differ and notes where. Confined to one comparison. */
final class ChangeCollector {
  private final AdditionPolicy additions;
  private final ListKeys listKeys;
  private final Masking masking;
  private final List<FieldChange> changes = new ArrayList<>();

  ChangeCollector(AdditionPolicy additions, ListKeys listKeys, Masking masking) {
    this.additions = additions;
    this.listKeys = listKeys;
    this.masking = masking;
  }

  /** A place in both documents. */
  private record Place(FieldPath path, PathPatterns ignored, PathPatterns sensitive) {
    Place step(PathSegment segment, int position, @Nullable Value desired, @Nullable Value live) {
      return new Place(
          path.child(segment),
          ignored.step(segment, position, desired, live),
          sensitive.step(segment, position, desired, live));
    }

    /**
     * Says whether what is below must be looked at one by one, even if all of it is on one side.
     */
    boolean isMixedBelow() {
      return ignored.reachesBelow() || sensitive.reachesBelow();
    }
  }

  List<FieldChange> collect(Value desired, Value live, List<FieldPath> ignored) {
    Place root =
        new Place(FieldPath.root(), PathPatterns.of(ignored), PathPatterns.of(masking.paths()));
    compare(desired, live, root);
    Collections.sort(changes);
    return List.copyOf(changes);
  }

  private void compare(@Nullable Value desired, @Nullable Value live, Place place) {
    if (place.ignored().isHit() || (desired == null && live == null)) {
      return;
    }
    if (bothOrOne(Mapping.class, desired, live, place)) {
      fields((Mapping) desired, (Mapping) live, place);
    } else if (bothOrOne(Sequence.class, desired, live, place)) {
      items((Sequence) desired, (Sequence) live, place);
    } else if (desired == null || !desired.equals(live)) {
      note(desired, live, place);
    }
  }

  /** Says whether both sides are such containers, or one is and has to be taken apart. */
  private static boolean bothOrOne(
      Class<? extends Value> type, @Nullable Value desired, @Nullable Value live, Place place) {
    if (desired == null || live == null) {
      return place.isMixedBelow()
          && !isEmpty(desired)
          && !isEmpty(live)
          && (type.isInstance(desired) || type.isInstance(live));
    }
    return type.isInstance(desired) && type.isInstance(live);
  }

  private static boolean isEmpty(@Nullable Value value) {
    return (value instanceof Mapping mapping && mapping.size() == 0)
        || (value instanceof Sequence sequence && sequence.size() == 0);
  }

  private void fields(@Nullable Mapping desired, @Nullable Mapping live, Place place) {
    Mapping wanted = desired == null ? Mapping.empty() : desired;
    Mapping present = live == null ? Mapping.empty() : live;
    int found = 0;
    for (int i = 0; i < wanted.size(); i++) {
      int position = find(present, wanted.key(i), found);
      found += position < 0 ? 0 : 1;
      Value other = position < 0 ? null : present.value(position);
      if (!isShared(wanted.value(i), other)) {
        field(wanted.key(i), wanted.value(i), other, place);
      }
    }
    if (found == present.size() || (desired != null && additions == AdditionPolicy.IGNORE)) {
      return;
    }
    for (int i = 0; i < present.size(); i++) {
      if (wanted.indexOf(present.key(i)) < 0) {
        field(present.key(i), null, present.value(i), place);
      }
    }
  }

  /** Two trees of which one was made from the other have their fields in the same order too. */
  @SuppressWarnings("ReferenceEquality") // keys are shared; the slow search catches the rest
  private static int find(Mapping fields, String key, int guess) {
    return guess < fields.size() && fields.key(guess) == key ? guess : fields.indexOf(key);
  }

  /** Two trees of which one was made from the other share most of what is in them. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isShared(@Nullable Value desired, @Nullable Value live) {
    return desired == live;
  }

  private void field(String key, @Nullable Value desired, @Nullable Value live, Place place) {
    PathSegment segment = FieldPath.root().field(key).segments().get(0);
    compare(desired, live, place.step(segment, -1, desired, live));
  }

  private void items(@Nullable Sequence desired, @Nullable Sequence live, Place place) {
    List<String> keys = keys(desired, live, place);
    for (ItemMatch pair : ItemMatch.pairs(desired, live, keys)) {
      boolean addition = desired != null && pair.desired() == null;
      boolean byKey = pair.segment() instanceof PathSegment.Keyed;
      if ((addition && byKey && additions == AdditionPolicy.IGNORE)
          || isShared(pair.desired(), pair.live())) {
        continue;
      }
      compare(
          pair.desired(),
          pair.live(),
          place.step(pair.segment(), pair.position(), pair.desired(), pair.live()));
    }
  }

  /** A keyed path shows the values of the key fields, so these must not be secret. */
  private List<String> keys(@Nullable Sequence desired, @Nullable Sequence live, Place place) {
    List<String> keys = listKeys.of(place.path());
    if (keys.isEmpty() || !place.sensitive().reachesBelow()) {
      return keys;
    }
    for (ItemMatch pair : ItemMatch.pairs(desired, live, keys)) {
      Place item = place.step(pair.segment(), pair.position(), pair.desired(), pair.live());
      for (String key : keys) {
        PathSegment field = FieldPath.root().field(key).segments().get(0);
        if (item.sensitive().step(field, -1, null, null).isHit()) {
          return List.of();
        }
      }
    }
    return keys;
  }

  private void note(@Nullable Value desired, @Nullable Value live, Place place) {
    boolean masked = place.sensitive().reachesBelow();
    changes.add(new FieldChange(place.path(), shown(live, masked), shown(desired, masked)));
  }

  private FieldValue shown(@Nullable Value value, boolean masked) {
    if (value == null) {
      return FieldValue.Absent.INSTANCE;
    }
    return masked ? masking.mask(value) : new FieldValue.Shown(value);
  }
}
