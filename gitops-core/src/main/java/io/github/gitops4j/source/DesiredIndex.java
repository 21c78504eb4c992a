package io.github.gitops4j.source;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The entries of one desired state by key. Where two files declare one key, neither counts, and
 * each is a finding that names the other.
 *
 * <p>Immutable; the next version costs what changed.
 */
final class DesiredIndex {
  private static final Comparator<DesiredEntry> BY_PLACE =
      Comparator.<DesiredEntry, String>comparing(entry -> entry.origin().file())
          .thenComparingInt(entry -> entry.origin().document());
  private static final DesiredIndex EMPTY =
      new DesiredIndex(KeyedSnapshot.empty(), Collections.emptySortedMap());

  private final KeyedSnapshot<DesiredEntry> unique;
  // Only keys that are declared more than once, all of their entries by place.
  private final Map<ResourceKey, List<DesiredEntry>> contested;

  private DesiredIndex(
      KeyedSnapshot<DesiredEntry> unique, Map<ResourceKey, List<DesiredEntry>> contested) {
    this.unique = unique;
    this.contested = contested;
  }

  static DesiredIndex of(Collection<DesiredEntry> entries) {
    return EMPTY.with(entries, List.of());
  }

  int size() {
    return unique.size();
  }

  Optional<DesiredEntry> get(ResourceKey key) {
    return unique.get(key);
  }

  void forEach(Consumer<DesiredEntry> visitor) {
    unique.forEach(visitor);
  }

  /** Returns the next version: what is removed goes before what is added comes. */
  DesiredIndex with(Collection<DesiredEntry> added, Collection<DesiredEntry> removed) {
    Map<ResourceKey, List<DesiredEntry>> edited = new HashMap<>();
    for (DesiredEntry entry : removed) {
      entriesOf(edited, entry.key()).removeIf(other -> BY_PLACE.compare(other, entry) == 0);
    }
    for (DesiredEntry entry : added) {
      entriesOf(edited, entry.key()).add(entry);
    }
    List<DesiredEntry> puts = new ArrayList<>();
    List<ResourceKey> removes = new ArrayList<>();
    Map<ResourceKey, List<DesiredEntry>> nextContested = new TreeMap<>(contested);
    edited.forEach(
        (key, entries) -> {
          nextContested.remove(key);
          if (entries.size() == 1) {
            puts.add(entries.get(0));
          } else {
            removes.add(key);
          }
          if (entries.size() > 1) {
            entries.sort(BY_PLACE);
            nextContested.put(key, List.copyOf(entries));
          }
        });
    return new DesiredIndex(unique.with(puts, removes), nextContested);
  }

  private List<DesiredEntry> entriesOf(
      Map<ResourceKey, List<DesiredEntry>> edited, ResourceKey key) {
    return edited.computeIfAbsent(
        key,
        any -> {
          List<DesiredEntry> all = new ArrayList<>(contested.getOrDefault(key, List.of()));
          unique.get(key).ifPresent(all::add);
          return all;
        });
  }

  /** Returns one finding for each entry whose key another entry has too. */
  List<BrokenInput> clashes() {
    List<BrokenInput> findings = new ArrayList<>();
    contested.forEach(
        (key, entries) -> {
          for (DesiredEntry entry : entries) {
            List<DesiredEntry> rest = new ArrayList<>(entries);
            rest.remove(entry);
            Set<String> others = new TreeSet<>();
            rest.forEach(other -> others.add(other.origin().toString()));
            findings.add(
                new BrokenInput(
                    entry.origin(),
                    Failure.of(
                        FailureCategory.INVALID_INPUT,
                        entry.origin() + ": " + key + " is also declared in " + others)));
          }
        });
    return findings;
  }

  /** Returns the keys that are in a clash. */
  Set<ResourceKey> contestedKeys() {
    return new HashSet<>(contested.keySet());
  }
}
