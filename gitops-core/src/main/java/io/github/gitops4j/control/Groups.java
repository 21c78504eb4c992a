package io.github.gitops4j.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which applications belong together because one of them asks how the other stands. A group is
 * called by the first of its names, also if nobody has that name here, so that it is called the
 * same wherever the same is declared.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Groups {
  // Both ways; a name is in the list of another as often as there is a reason.
  private final Map<String, List<String>> neighbours = new HashMap<>();
  // Who is alone is not in it.
  private final Map<String, String> names = new HashMap<>();
  private Set<String> moved = new TreeSet<>();

  /** Joins an application and those that it asks. */
  void join(String name, Collection<String> near) {
    for (String other : near) {
      neighbours.computeIfAbsent(name, any -> new ArrayList<>()).add(other);
      neighbours.computeIfAbsent(other, any -> new ArrayList<>()).add(name);
    }
    nameGroupOf(name);
  }

  /** Takes an application off that was joined with those. */
  void leave(String name, Collection<String> near) {
    for (String other : near) {
      remove(name, other);
      remove(other, name);
    }
    nameGroupOf(name);
    near.forEach(this::nameGroupOf);
  }

  private void remove(String name, String other) {
    neighbours.computeIfPresent(
        name,
        (any, known) -> {
          known.remove(other);
          return known.isEmpty() ? null : known;
        });
  }

  private void nameGroupOf(String name) {
    if (!neighbours.containsKey(name)) {
      String before = names.remove(name);
      if (before != null && !before.equals(name)) {
        moved.add(name);
      }
      return;
    }
    NavigableSet<String> group = groupOf(name);
    String first = group.first();
    for (String member : group) {
      String before = names.put(member, first);
      if (!first.equals(before == null ? member : before)) {
        moved.add(member);
      }
    }
  }

  private NavigableSet<String> groupOf(String name) {
    NavigableSet<String> group = new TreeSet<>(List.of(name));
    Deque<String> open = new ArrayDeque<>(group);
    while (!open.isEmpty()) {
      for (String other : neighbours.getOrDefault(open.remove(), List.of())) {
        if (group.add(other)) {
          open.add(other);
        }
      }
    }
    return group;
  }

  /** Returns the name of the group of an application. */
  String of(String name) {
    return names.getOrDefault(name, name);
  }

  /** Returns whose group has another name than when this was last asked, perhaps the same again. */
  Set<String> takeMoved() {
    Set<String> taken = moved;
    moved = new TreeSet<>();
    return taken;
  }
}
