package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.ConflictPolicy;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RewindPolicy;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A source, a target and a long-lived reconciler, to which random things happen. */
final class World {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> FILES =
      List.of("one.yaml", "two.yaml", "sub/three.yaml", "notes.txt");

  private final Random random;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryTarget memory = InMemoryTarget.create();
  private final ManualClock clock = ManualClock.create();
  private final PlanPolicy policy;
  private final Reconciler longLived;
  private final List<Revision> revisions = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  World(long seed) {
    this.random = new Random(seed);
    this.policy =
        PlanPolicy.builder()
            .drift(pick(List.of(DriftPolicy.values())))
            .conflict(pick(List.of(ConflictPolicy.values())))
            .ownership(pick(List.of(OwnershipPolicy.values())))
            .incomplete(pick(List.of(IncompletePolicy.values())))
            .build();
    if (random.nextInt(4) == 0) {
      memory.system().withoutFeed();
    }
    Target flaky = ComposedTarget.from(memory).applier(new Flaky(memory.applier())).build();
    this.longLived = reconciler(flaky);
    commit();
  }

  private Reconciler reconciler(Target target) {
    return Reconciler.builder(source, target)
        .policy(policy)
        .gates(List.of())
        .clock(clock)
        .rewind(RewindPolicy.ALLOW)
        .retry(RetryPolicy.never())
        .build();
  }

  /** Lets one random thing happen. */
  void step() {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> commit();
      case 3 -> edit();
      case 4 -> delete();
      case 5 -> unreadable();
      case 6 -> feed();
      case 7 -> rewind();
      default -> reconcile();
    }
  }

  /** Returns the plan of the reconciler that has seen everything. */
  String incremental() {
    return text(longLived.plan(CallContext.unbounded()));
  }

  /** Returns the plan of a reconciler that has seen nothing. */
  String scratch() {
    return text(reconciler(memory).plan(CallContext.unbounded()));
  }

  /** Returns what happened so far. */
  String story() {
    return String.join("\n", log);
  }

  private void commit() {
    StringBuilder what = new StringBuilder("commit");
    revisions.add(
        source.commit(
            "c" + revisions.size(),
            files -> {
              for (int i = 0; i <= random.nextInt(3); i++) {
                String path = pick(FILES);
                if (random.nextInt(5) == 0) {
                  files.remove(path);
                  what.append(" -").append(path);
                } else {
                  String content = content();
                  files.put(path, content);
                  what.append(" +").append(path).append("{").append(content).append("}");
                }
              }
            }));
    log.add(what.toString());
  }

  private String content() {
    if (random.nextInt(12) == 0) {
      return "kind: Thing\nname: [broken\n";
    }
    StringBuilder yaml = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      yaml.append("---\nkind: Thing\nname: ").append(pick(NAMES)).append('\n');
      yaml.append("spec: {value: ").append(random.nextInt(3)).append("}\n");
      yaml.append(traits());
    }
    return yaml.toString();
  }

  private String traits() {
    List<String> traits = new ArrayList<>();
    maybe(() -> traits.add("wave: " + (random.nextInt(3) - 1)));
    maybe(() -> traits.add("dependsOn: [Thing/" + pick(NAMES) + "]"));
    maybe(() -> traits.add("prune: " + pick(List.of("KEEP", "RELEASE", "PRUNE"))));
    maybe(() -> traits.add("apply: " + pick(List.of("CREATE_ONLY", "IGNORE", "APPLY"))));
    return traits.isEmpty() ? "" : "gitops: {" + String.join(", ", traits) + "}\n";
  }

  private void maybe(Runnable action) {
    if (random.nextInt(5) == 0) {
      action.run();
    }
  }

  private void edit() {
    ResourceKey key = key();
    String yaml =
        "kind: Thing\nname: " + key.name() + "\nspec: {value: " + random.nextInt(4) + "}\n";
    memory.system().put(key, yaml);
    log.add("edit " + key + " " + yaml);
  }

  private void delete() {
    ResourceKey key = key();
    memory.system().remove(key);
    log.add("delete " + key);
  }

  private void unreadable() {
    ResourceKey key = key();
    if (random.nextBoolean()) {
      memory.system().makeUnreadable(key, FailureCategory.FORBIDDEN);
      log.add("unreadable " + key);
    } else {
      memory.system().makeReadable(key);
      log.add("readable " + key);
    }
  }

  private void feed() {
    if (random.nextBoolean()) {
      memory.system().invalidateFeed();
    } else {
      memory.system().touchFeed(key());
    }
    log.add("feed");
  }

  private void rewind() {
    source.rewind(pick(revisions));
    log.add("rewind");
  }

  private void reconcile() {
    memory.health(key(), pick(List.of(Health.HEALTHY, Health.PROGRESSING)));
    log.add("reconcile " + longLived.reconcile(CallContext.unbounded()));
  }

  private ResourceKey key() {
    return ResourceKey.of("", "Thing", "", pick(NAMES));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String text(Plan plan) {
    return new String(PlanJson.write(plan), StandardCharsets.UTF_8);
  }

  /** Fails some actions, and now and then stops in the middle of a batch. */
  private final class Flaky implements Applier {
    private final Applier delegate;

    Flaky(Applier delegate) {
      this.delegate = delegate;
    }

    @Override
    public ApplySession open(ApplyRequest request, CallContext call) {
      ApplySession session = delegate.open(request, call);
      return new ApplySession() {
        @Override
        public void apply(
            List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext context) {
          for (PlannedAction action : batch) {
            int dice = random.nextInt(10);
            if (dice == 0) {
              Failure failure = Failure.of(FailureCategory.UNAVAILABLE, "dice");
              outcomes.accept(new ApplyOutcome.Failed(action.key(), failure));
            } else if (dice == 1) {
              session.apply(List.of(action), outcome -> {}, context);
              throw new ApplyException(FailureCategory.UNAVAILABLE, "dice, after writing");
            } else {
              session.apply(List.of(action), outcomes, context);
            }
          }
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }
}
