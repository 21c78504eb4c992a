package io.github.gitops4j.history;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The records that each part of a state follows from, by their numbers. A state of these alone is
 * the same as that of all.
 *
 * <p>Immutable.
 */
final class Evidence {
  static final Evidence NONE = new Evidence(Map.of());

  private final Map<Object, List<Long>> records;

  private Evidence(Map<Object, List<Long>> records) {
    this.records = records;
  }

  /** The parts of which there is one each. */
  enum Part {
    LAST,
    BEGAN,
    AWAITS,
    FAILING,
    ENDED,
    ENDED_CONTENT,
    PIN,
    REFUSED,
    HEALTHY,
    HEALTHY_BEFORE,
    FAILED,
    FORGIVEN
  }

  List<Long> of(Part part) {
    return records.getOrDefault(part, List.of());
  }

  Evidence with(Part part, Collection<Long> numbers) {
    return put(part, numbers);
  }

  Evidence with(Part part, long number) {
    return put(part, List.of(number));
  }

  Evidence without(Part... parts) {
    Map<Object, List<Long>> next = new HashMap<>(records);
    for (Part part : parts) {
      next.remove(part);
    }
    return new Evidence(next);
  }

  Evidence withApproval(ContentDigest plan, long number) {
    return put(plan, List.of(number));
  }

  Evidence withHook(ResourceKey hook, long number) {
    return put(hook, List.of(number));
  }

  /** One more record says something of a hook that is known already. */
  Evidence andHook(ResourceKey hook, long number) {
    List<Long> numbers = new ArrayList<>(records.getOrDefault(hook, List.of()));
    numbers.add(number);
    return put(hook, numbers);
  }

  /** Approvals and hooks that the state has no longer need no evidence. */
  Evidence onlyOf(Collection<ContentDigest> approvals, Collection<ResourceKey> hooks) {
    Map<Object, List<Long>> next = new HashMap<>(records);
    next.keySet()
        .removeIf(
            key ->
                (key instanceof ContentDigest && !approvals.contains(key))
                    || (key instanceof ResourceKey && !hooks.contains(key)));
    return next.size() == records.size() ? this : new Evidence(next);
  }

  private Evidence put(Object key, Collection<Long> numbers) {
    Map<Object, List<Long>> next = new HashMap<>(records);
    next.put(key, List.copyOf(numbers));
    return new Evidence(next);
  }

  NavigableSet<Long> numbers() {
    NavigableSet<Long> numbers = new TreeSet<>();
    records.values().forEach(numbers::addAll);
    return numbers;
  }
}
