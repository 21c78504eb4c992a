package io.github.gitops4j.tests.plan;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.Compared;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanFacts;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Planner;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManifestModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What a planner is given, put together by a test. */
final class PlanInputs {
  private static final CallContext CALL = CallContext.unbounded();
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

  private final Map<String, String> files = new HashMap<>();
  private final Map<ResourceKey, LiveResource> live = new HashMap<>();
  private final List<ResourceKey> unreadable = new ArrayList<>();
  private final List<InventoryRecord> records = new ArrayList<>();
  private final List<Veto> vetoes = new ArrayList<>();
  private final Map<ResourceKey, String> objections = new HashMap<>();
  private Arrangement arrangement = Arrangement.asPlanned();

  static PlanInputs random(Random random) {
    PlanInputs inputs = new PlanInputs();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        inputs.declare(name, traits(random));
      }
      if (random.nextInt(3) > 0) {
        inputs.record(name, random.nextInt(2), traits(random));
      }
      if (random.nextInt(3) > 0) {
        inputs.live(name, random.nextInt(2));
      }
      if (random.nextInt(8) == 0) {
        inputs.unreadable.add(key(name));
      }
    }
    if (random.nextInt(5) == 0) {
      inputs.files.put("broken.yaml", "kind: [");
    }
    return inputs;
  }

  private static String traits(Random random) {
    List<String> traits = new ArrayList<>();
    traits.add("wave: " + random.nextInt(3));
    if (random.nextInt(2) == 0) {
      traits.add("dependsOn: [Thing/" + NAMES.get(random.nextInt(NAMES.size())) + "]");
    }
    return String.join(", ", traits);
  }

  static ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  /** Declares a thing that is neither live nor owned, unless said otherwise. */
  void declare(String name, String traits) {
    files.put(
        name + ".yaml", "kind: Thing\nname: " + name + "\nspec: 0\ngitops: {" + traits + "}\n");
  }

  /** Makes a thing live and owned, as it was applied. */
  void owned(String name, String traits) {
    record(name, 0, traits);
    live(name, 0);
  }

  private void record(String name, int content, String traits) {
    InMemoryTreeSource one =
        InMemoryTreeSource.with(
            "f.yaml", "kind: Thing\nname: " + name + "\ngitops: {" + traits + "}\n");
    ResourceTraits read = state(one).get(key(name)).orElseThrow().traits();
    ContentDigest digest = digest(name, content);
    records.add(InventoryRecord.applied(key(name), new Applied(digest, digest, "uid"), read));
  }

  private void live(String name, int content) {
    ContentDigest digest = digest(name, content);
    live.put(key(name), new LiveResource(key(name), "token", digest, "uid", "", Optional.empty()));
  }

  /** Returns the digest of a thing as it is declared, if the content is 0. */
  private static ContentDigest digest(String name, int content) {
    InMemoryTreeSource one =
        InMemoryTreeSource.with(
            "f.yaml", "kind: Thing\nname: " + name + "\nspec: " + content + "\n");
    return state(one).get(key(name)).orElseThrow().digest();
  }

  void veto(Veto veto) {
    vetoes.add(veto);
  }

  void objection(String name, String why) {
    objections.put(key(name), why);
  }

  void arrangement(Arrangement value) {
    arrangement = value;
  }

  Plan plan() {
    return plan(new Random(0), false);
  }

  /** Returns the plan of the same inputs, which come in another order. */
  Plan shuffledPlan(Random random) {
    return plan(random, true);
  }

  /** Returns the keys that the thing of an action depends on, as text. */
  List<String> dependencies(PlannedAction action) {
    return desired()
        .get(action.key())
        .map(entry -> entry.traits().dependsOn().stream().map(ResourceKey::toString).toList())
        .orElse(List.of());
  }

  private Plan plan(Random random, boolean shuffled) {
    DesiredState desired = desired();
    List<InventoryRecord> owned = new ArrayList<>(records);
    List<Compared> open = new ArrayList<>();
    Map<ResourceKey, InventoryRecord> byKey = new HashMap<>();
    records.forEach(record -> byKey.put(record.key(), record));
    for (ResourceKey key : keys(desired)) {
      Comparison sides =
          new Comparison(key, desired.get(key), observed(key), Optional.ofNullable(byKey.get(key)));
      open.add(new Compared(sides, drift(sides)));
    }
    if (shuffled) {
      Collections.shuffle(owned, random);
      Collections.shuffle(open, random);
    }
    List<InventoryChange> puts = new ArrayList<>();
    owned.forEach(record -> puts.add(new InventoryChange.Put(record)));
    Inventory inventory = InMemoryInventoryStore.ownedBy("us").commit(0, puts, CALL);
    PlanPolicy policy = PlanPolicy.defaults();
    return Planner.of(vetoes, arrangement)
        .plan(
            new PlanHeader(
                "target", "source", desired.revision(), desired.contentId(), policy.id()),
            open,
            new PlanFacts(desired, inventory, policy),
            removals -> objections,
            actions -> actions);
  }

  private Set<ResourceKey> keys(DesiredState desired) {
    Set<ResourceKey> keys = new TreeSet<>();
    desired.forEach(entry -> keys.add(entry.key()));
    records.forEach(record -> keys.add(record.key()));
    return keys;
  }

  private Observation observed(ResourceKey key) {
    if (unreadable.contains(key)) {
      return new Observation.Unreadable(Failure.of(FailureCategory.FORBIDDEN, "no"));
    }
    return live.containsKey(key)
        ? new Observation.Present(live.get(key))
        : Observation.Absent.INSTANCE;
  }

  private static Drift drift(Comparison sides) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (!(sides.live() instanceof Observation.Present present)) {
      return Drift.Missing.INSTANCE;
    } else if (sides.desired().isEmpty()) {
      return Drift.Extra.INSTANCE;
    } else {
      Optional<ContentDigest> declared = sides.desired().map(DesiredEntry::digest);
      return declared.equals(Optional.of(present.resource().digest()))
          ? Drift.InSync.INSTANCE
          : new Drift.Changed(
              List.of(
                  new FieldChange(
                      FieldPath.root(), FieldValue.Absent.INSTANCE, FieldValue.Absent.INSTANCE)));
    }
  }

  private DesiredState desired() {
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    source.commit("all", tree -> files.forEach(tree::put));
    return state(source);
  }

  private static DesiredState state(InMemoryTreeSource source) {
    return TreeDesiredStateSource.of(source, ManifestModel.create())
        .fetch(source.latest(CALL), Optional.empty(), CALL);
  }
}
