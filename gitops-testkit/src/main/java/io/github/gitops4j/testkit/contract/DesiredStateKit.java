package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the kits of a source of desired states and of its states have in common.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class DesiredStateKit extends FixtureKit<DesiredStateFixture> {

  /** Creates the kit. */
  protected DesiredStateKit() {}

  /** Makes a source in which nothing was declared yet. */
  @Override
  protected abstract DesiredStateFixture createFixture();

  /** Returns contents by name: name, content, name, content. */
  static SortedMap<String, String> resources(String... namesAndContents) {
    SortedMap<String, String> resources = new TreeMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      resources.put(namesAndContents[i], namesAndContents[i + 1]);
    }
    return resources;
  }

  /** A history in which resources come, change, go and come back, and in which nothing happens. */
  static List<SortedMap<String, String>> history() {
    return List.of(
        resources("a", "one", "b", "one"),
        resources("a", "one", "b", "two"),
        resources("a", "one", "b", "two", "c", "one"),
        resources("a", "one", "b", "two", "c", "one"),
        resources("a", "one", "c", "one"),
        resources("d", "one"),
        resources("a", "one", "b", "one"),
        resources("b", "one", "a", "two"));
  }

  final Revision declare(SortedMap<String, String> contents, String... broken) {
    fixture().declare(contents, Set.of(broken));
    return fixture().source().latest(Calls.UNBOUNDED);
  }

  final DesiredState fetch(Revision revision) {
    return fixture().source().fetch(revision, Optional.empty(), Calls.UNBOUNDED);
  }

  final DesiredState fetch(Revision revision, DesiredState hint) {
    return fixture().source().fetch(revision, Optional.of(hint), Calls.UNBOUNDED);
  }

  final DesiredState declareAndFetch(SortedMap<String, String> contents, String... broken) {
    return fetch(declare(contents, broken));
  }

  /** Returns all states of the history, each fetched when it was the latest, without a hint. */
  final List<DesiredState> states() {
    List<DesiredState> states = new ArrayList<>();
    for (SortedMap<String, String> contents : history()) {
      states.add(declareAndFetch(contents));
    }
    return states;
  }

  static SortedMap<ResourceKey, DesiredEntry> entries(DesiredState state) {
    SortedMap<ResourceKey, DesiredEntry> entries = new TreeMap<>();
    state.forEach(entry -> entries.put(entry.key(), entry));
    return entries;
  }

  /** Returns the keys of these names. */
  final Set<ResourceKey> keys(SortedMap<String, String> contents) {
    SortedMap<ResourceKey, String> keys = new TreeMap<>();
    contents.keySet().forEach(name -> keys.put(fixture().key(name), name));
    return keys.keySet();
  }

  /** Returns the keys whose entries are not equal in both. */
  static Set<ResourceKey> differing(DesiredState one, DesiredState other) {
    SortedMap<ResourceKey, DesiredEntry> before = entries(one);
    SortedMap<ResourceKey, DesiredEntry> all = entries(other);
    all.putAll(before);
    all.keySet().removeIf(key -> one.get(key).equals(other.get(key)));
    return all.keySet();
  }
}
