package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.Compared;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanFacts;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.Planner;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredChanges;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Desired, live and inventory joined on the key, and kept between passes: only keys that are not
 * settled are held, and only keys that may have changed are joined again.
 *
 * <p>After any doubt (feed invalidated, inventory moved by somebody else, a pass that failed) all
 * keys are joined again. A plan made either way is the same.
 *
 * <p>Confined to one call at a time.
 */
final class Join {
  private final Setup setup;
  private final Planner planner;
  private final Comparing comparing;
  private final LateCreates lateCreates;
  // In the order of the last plan, so that the next one finds little to sort.
  private Map<ResourceKey, Compared> open = new LinkedHashMap<>();
  // What the feed said and no successful look has used up yet.
  private final Set<ResourceKey> dirty = new HashSet<>();
  private boolean doubt = true;
  private @Nullable DesiredState joined;
  // The last full look that was joined.
  private OptionalLong looked = OptionalLong.empty();
  private long joinedSequence = -1;
  private List<DesiredEntry> hooks = List.of();
  private Optional<String> hooksOf = Optional.empty();

  Join(Setup setup) {
    this.setup = setup;
    List<Veto> vetoes = new ArrayList<>(setup.target.vetoes());
    vetoes.add(setup.fights);
    this.planner = Planner.of(vetoes, setup.target.arrangement());
    this.lateCreates = new LateCreates(setup.clock);
    this.comparing = new Comparing(setup.target.differ(), setup.policy.ignoreRules());
  }

  /** Brings the join to a revision and makes the plan. */
  Decided decide(Revision revision, HistoryState history, CallContext call) {
    return decide(fetch(revision, Optional.ofNullable(joined), call), history, call);
  }

  /** Does so for a revision that the source must still have, whatever is remembered of it. */
  Decided decideAfresh(Revision revision, HistoryState history, CallContext call) {
    return decide(fetch(revision, Optional.empty(), call), history, call);
  }

  private DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call) {
    call.checkActive("fetch");
    return setup.read("source", () -> setup.source.fetch(revision, hint, call), call);
  }

  private Decided decide(DesiredState desired, HistoryState history, CallContext call) {
    drainFeed();
    Inventory inventory =
        setup.read("inventory store", () -> setup.target.inventory().read(call), call);
    call.checkActive("observe");
    Optional<Set<ResourceKey>> keys = keysToJoin(desired, inventory);
    boolean wasDoubt = doubt;
    doubt = true;
    if (keys.isPresent() && !wasDoubt) {
      look(keys.get(), desired, inventory, call);
    } else {
      lookAtAll(keys, desired, inventory, call);
    }
    dirty.clear();
    joined = desired;
    joinedSequence = inventory.sequence();
    doubt = setup.changeFeed().isEmpty();
    if (!hooksOf.equals(Optional.of(desired.contentId()))) {
      hooks = hooks(desired);
      hooksOf = Optional.of(desired.contentId());
    }
    return new Decided(plan(desired, inventory, history, call), desired, inventory, hooks);
  }

  private static List<DesiredEntry> hooks(DesiredState desired) {
    List<DesiredEntry> found = new ArrayList<>();
    desired.forEach(
        entry -> {
          if (entry.traits().hook().isPresent()) {
            found.add(entry);
          }
        });
    found.sort(Comparator.comparing(DesiredEntry::key));
    return List.copyOf(found);
  }

  /** Takes note of a commit of ours, whose keys are all among the open ones. */
  void committed(long before, long after) {
    if (joinedSequence == before) {
      joinedSequence = after;
    }
  }

  private void drainFeed() {
    setup
        .changeFeed()
        .ifPresent(
            feed -> {
              if (feed.drain() instanceof ChangeFeed.Batch.Dirty batch) {
                dirty.addAll(batch.keys());
              } else {
                doubt = true;
              }
            });
  }

  /** Returns the keys that may have changed, or nothing if that cannot be said. */
  private Optional<Set<ResourceKey>> keysToJoin(DesiredState desired, Inventory inventory) {
    if (joined == null || joinedSequence != inventory.sequence()) {
      return Optional.empty();
    }
    if (desired.changesSince(joined.contentId()) instanceof DesiredChanges.Known known) {
      Set<ResourceKey> keys = new LinkedHashSet<>(open.keySet());
      keys.addAll(known.keys());
      keys.addAll(dirty);
      return Optional.of(keys);
    }
    return Optional.empty();
  }

  private void look(
      Set<ResourceKey> keys, DesiredState desired, Inventory inventory, CallContext call) {
    keys.removeIf(key -> isStranger(key, desired, inventory) && forget(key));
    if (!keys.isEmpty()) {
      joinKeys(keys, desired, inventory, setup.observe(toCompare(keys, desired), call), call);
    }
  }

  /** What was told will do for what is compared; what is to be removed is read. */
  private static Scope toCompare(Set<ResourceKey> keys, DesiredState desired) {
    Set<ResourceKey> declared = new HashSet<>(keys);
    declared.removeIf(key -> desired.get(key).isEmpty());
    return new Scope.Keys(keys, declared);
  }

  private void lookAtAll(
      Optional<Set<ResourceKey>> moved,
      DesiredState desired,
      Inventory inventory,
      CallContext call) {
    LiveState live =
        setup.observe(
            Scope.everything(
                PlacesInUse.of(desired, inventory), key -> !isStranger(key, desired, inventory)),
            call);
    OptionalLong before = looked;
    looked = OptionalLong.empty();
    Optional<Set<ResourceKey>> changed =
        moved.isEmpty() || before.isEmpty()
            ? Optional.empty()
            : Setup.given("live state provider", live.changedSince(before.getAsLong()));
    if (changed.isPresent()) {
      Set<ResourceKey> keys = moved.orElseThrow();
      keys.addAll(changed.get());
      joinKeys(keys, desired, inventory, live, call);
    } else {
      joinAll(desired, inventory, live, call);
    }
    looked = Setup.given("live state provider", live.generation());
  }

  private Comparing.Reading reading(CallContext call) {
    return keys -> setup.observe(Scope.keys(keys), call);
  }

  /** A key that nobody declares or owns is no part of the join. */
  private static boolean isStranger(ResourceKey key, DesiredState desired, Inventory inventory) {
    return desired.get(key).isEmpty() && inventory.get(key).isEmpty();
  }

  private void joinKeys(
      Set<ResourceKey> keys,
      DesiredState desired,
      Inventory inventory,
      LiveState live,
      CallContext call) {
    Map<ResourceKey, Compared> compared = new LinkedHashMap<>();
    Comparing.Run run = comparing.run(desired, inventory, live, reading(call), compared, call);
    for (ResourceKey key : keys) {
      if (!isStranger(key, desired, inventory)) {
        run.join(key);
      }
    }
    run.finish();
    keys.forEach(open::remove);
    open.putAll(compared);
  }

  private boolean forget(ResourceKey key) {
    open.remove(key);
    return true;
  }

  private void joinAll(
      DesiredState desired, Inventory inventory, LiveState live, CallContext call) {
    Map<ResourceKey, Compared> compared = new LinkedHashMap<>();
    Comparing.Run run = comparing.run(desired, inventory, live, reading(call), compared, call);
    desired.forEach(entry -> run.join(entry.key()));
    inventory.forEach(
        owned -> {
          if (desired.get(owned.key()).isEmpty()) {
            run.join(owned.key());
          }
        });
    run.finish();
    open.clear();
    open.putAll(compared);
  }

  private Plan plan(
      DesiredState desired, Inventory inventory, HistoryState history, CallContext call) {
    PlanHeader header =
        new PlanHeader(
            setup.target.id(),
            setup.source.id(),
            desired.revision(),
            desired.contentId(),
            setup.policy.id());
    List<Compared> ordered = new ArrayList<>(open.values());
    ordered.sort(Comparator.comparing(Compared::key));
    // A new map, as one that was emptied keeps the room for all that was in it.
    open = new LinkedHashMap<>();
    ordered.forEach(compared -> open.put(compared.key(), compared));
    lateCreates.removeFrom(ordered);
    return planner.plan(
        header,
        ordered,
        new PlanFacts(desired, inventory, setup.policy),
        removals ->
            setup.read(
                "removal guard",
                () -> setup.target.removalGuard().objections(removals, call),
                call),
        actions ->
            hooks.isEmpty()
                ? actions
                : new HookPlanning(setup, desired, inventory, history, call).added(actions, hooks));
  }
}
