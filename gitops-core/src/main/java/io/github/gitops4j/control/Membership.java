package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.control.SharedShards.Holding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process knows of the leases: who is alive, whose each shard is, and what it does about
 * that.
 *
 * <p>Confined to one round at a time.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final String MEMBER = "member-";
  private static final Pattern SHARD = Pattern.compile("shard-([0-9]+)-of-([0-9]+)");

  /** So many times that of a lease the record of a process that has died is kept. */
  private static final int KEPT = 10;

  /** This part of its time a process does not use, for what it has sent already. */
  private static final int MARGIN = 5;

  private final SharedShards.Builder setup;
  private final Ticker ticker;
  private final long lease;
  private final Map<String, Sighting> sightings = new HashMap<>();
  // What is no longer used, and given away in the next round.
  private final Set<Integer> yielding = new TreeSet<>();

  Membership(SharedShards.Builder setup) {
    this.setup = setup;
    this.ticker = setup.ticker;
    this.lease = Ticker.countable(setup.lease).toNanos();
  }

  /**
   * Since when the record of a process is as it is.
   *
   * @param version its version; empty text if there is no record
   * @param since when it was first seen so
   */
  private record Sighting(String version, long since) {}

  /** Renews, gives away what is too much, and takes what is nobody's. */
  Holding round(Holding before, CallContext call) {
    long begun = ticker.nanos();
    Map<String, Lease> seen = look(call);
    if (isDividedOtherwise(seen)) {
      return new Holding(Set.of(), begun);
    }
    if (!setup.leases.write(own(seen), call)) {
      return before;
    }
    Set<Integer> held = heldBy(setup.process, seen);
    int most = most(seen);
    try {
      giveAway(held, seen, call);
      yieldAbove(most, held);
      take(most, held, seen, call);
      forgetTheDead(seen, call);
    } catch (RuntimeException e) {
      LOG.warn("{}: sharing failed, and goes on in the next round", setup.process, e);
    }
    Set<Integer> used = new TreeSet<>(held);
    used.removeAll(yielding);
    return new Holding(Set.copyOf(used), begun + lease - lease / MARGIN);
  }

  private Map<String, Lease> look(CallContext call) {
    Map<String, Lease> seen =
        setup.leases.list(call).stream()
            .collect(Collectors.toMap(Lease::name, Function.identity(), (one, other) -> one));
    long now = ticker.nanos();
    seen.values().forEach(known -> note(known, seen, now));
    sightings
        .keySet()
        .removeIf(
            name ->
                !seen.containsKey(MEMBER + name)
                    && seen.values().stream().noneMatch(shard -> shard.holder().equals(name)));
    return seen;
  }

  /** Whoever is named is looked at, also if its record is gone. */
  private void note(Lease known, Map<String, Lease> seen, long now) {
    String process =
        known.name().startsWith(MEMBER) ? known.name().substring(MEMBER.length()) : known.holder();
    if (!process.isEmpty()) {
      Lease record = seen.get(MEMBER + process);
      String version = record == null ? "" : record.version();
      sightings.compute(
          process,
          (name, before) ->
              before != null && before.version().equals(version)
                  ? before
                  : new Sighting(version, now));
    }
  }

  private boolean isAlive(String process) {
    Sighting sighting = sightings.get(process);
    return process.equals(setup.process)
        || (sighting != null && ticker.nanos() - sighting.since() < lease);
  }

  private boolean isDividedOtherwise(Map<String, Lease> seen) {
    for (Lease shard : seen.values()) {
      Matcher matcher = SHARD.matcher(shard.name());
      if (matcher.matches()
          && Integer.parseInt(matcher.group(2)) != setup.shards
          && !shard.holder().isEmpty()
          && isAlive(shard.holder())) {
        LOG.error(
            "{}: takes nothing, as {} holds {} and here are {} shards",
            setup.process,
            shard.holder(),
            shard.name(),
            setup.shards);
        return true;
      }
    }
    return false;
  }

  private Lease own(Map<String, Lease> seen) {
    String name = MEMBER + setup.process;
    return Objects.requireNonNullElseGet(seen.get(name), () -> Lease.create(name, setup.process));
  }

  private Set<Integer> heldBy(String process, Map<String, Lease> seen) {
    Set<Integer> held = new TreeSet<>();
    for (int shard = 0; shard < setup.shards; shard++) {
      Lease known = seen.get(name(shard));
      if (known != null && known.holder().equals(process)) {
        held.add(shard);
      }
    }
    return held;
  }

  private String name(int shard) {
    return "shard-" + shard + "-of-" + setup.shards;
  }

  private int most(Map<String, Lease> seen) {
    long members =
        seen.keySet().stream()
            .filter(name -> name.startsWith(MEMBER))
            .map(name -> name.substring(MEMBER.length()))
            .filter(name -> !name.equals(setup.process) && isAlive(name))
            .count();
    return (int) ((setup.shards + members) / (members + 1));
  }

  private void giveAway(Set<Integer> held, Map<String, Lease> seen, CallContext call) {
    yielding.retainAll(held);
    for (int shard : List.copyOf(yielding)) {
      if (setup.leases.write(known(shard, seen).heldBy(""), call)) {
        yielding.remove(shard);
        held.remove(shard);
      }
    }
  }

  private static Lease knownOr(Map<String, Lease> seen, String name) {
    return Objects.requireNonNullElseGet(seen.get(name), () -> Lease.create(name, ""));
  }

  private Lease known(int shard, Map<String, Lease> seen) {
    return knownOr(seen, name(shard));
  }

  private void yieldAbove(int most, Set<Integer> held) {
    for (int shard : held) {
      if (held.size() - yielding.size() > most) {
        yielding.add(shard);
      }
    }
  }

  /** Takes shards from a place of its own on, so that several processes want others first. */
  private void take(int most, Set<Integer> held, Map<String, Lease> seen, CallContext call) {
    int first = Math.floorMod(setup.process.hashCode(), setup.shards);
    for (int i = 0; i < setup.shards && held.size() < most; i++) {
      int shard = (first + i) % setup.shards;
      Lease known = known(shard, seen);
      boolean isFree = known.holder().isEmpty() || !isAlive(known.holder());
      if (isFree && setup.leases.write(known.heldBy(setup.process), call)) {
        held.add(shard);
      }
    }
  }

  private void forgetTheDead(Map<String, Lease> seen, CallContext call) {
    for (Lease known : seen.values()) {
      if (known.name().startsWith(MEMBER)) {
        Sighting sighting = sightings.get(known.name().substring(MEMBER.length()));
        if (sighting != null && (ticker.nanos() - sighting.since()) / KEPT > lease) {
          setup.leases.remove(known, call);
        }
      }
    }
  }

  /** Gives everything up; what cannot be does not keep the rest. */
  void giveUp(CallContext call) {
    Map<String, Lease> seen = look(call);
    List<RuntimeException> failures = new ArrayList<>();
    for (int shard : heldBy(setup.process, seen)) {
      try {
        setup.leases.write(known(shard, seen).heldBy(""), call);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    Lease own = seen.get(MEMBER + setup.process);
    if (own != null) {
      setup.leases.remove(own, call);
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
