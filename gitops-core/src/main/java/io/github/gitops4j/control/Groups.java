package io.github.gitops4j.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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

  void join(Application application) {
    for (String other : application.near()) {
      neighbours.computeIfAbsent(application.name(), any -> new ArrayList<>()).add(other);
      neighbours.computeIfAbsent(other, any -> new ArrayList<>()).add(application.name());
    }
  }

  void leave(Application application) {
    for (String other : application.near()) {
      remove(application.name(), other);
      remove(other, application.name());
    }
  }

  private void remove(String name, String other) {
    neighbours.computeIfPresent(
        name,
        (any, known) -> {
          known.remove(other);
          return known.isEmpty() ? null : known;
        });
  }

  /** Says whether an application belongs to no other. */
  boolean isAlone(String name) {
    return !neighbours.containsKey(name);
  }

  /** Returns the name of the group of an application. */
  String of(String name) {
    SortedSet<String> group = new TreeSet<>(List.of(name));
    Deque<String> open = new ArrayDeque<>(group);
    while (!open.isEmpty()) {
      for (String other : neighbours.getOrDefault(open.remove(), List.of())) {
        if (group.add(other)) {
          open.add(other);
        }
      }
    }
    return group.first();
  }
}
