package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.Compared;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanFacts;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Planner;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Renderer;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionComparison;
import io.github.gitops4j.source.TreeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says without any target what going from one revision to another does to it: the plan that a pass
 * would make if the live system was as the older revision declares, and all of it ours.
 *
 * <pre>{@code
 * Plan plan = Preview.of(source, offline, policy).between(base, head, call);
 * }</pre>
 *
 * <p>Only files that differ are read, so a file that cannot be understood and does not differ is
 * not noticed. Values of secrets are masked without digests. The plan cannot be applied, and its
 * digest is approved by nobody.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Preview {
  /** Digests under it are taken away again; it only keeps masked values apart. */
  private static final Sensitive<byte[]> MASKING_KEY = Sensitive.of(new byte[] {1});

  private static final String OWNER = "preview";

  private final TreeSource source;
  private final List<Renderer> renderers;
  private final OfflineTarget target;
  private final PlanPolicy policy;

  private Preview(
      TreeSource source, List<Renderer> renderers, OfflineTarget target, PlanPolicy policy) {
    this.source = requireNonNull(source, "source");
    this.renderers = List.copyOf(renderers);
    this.target = requireNonNull(target, "target");
    this.policy = requireNonNull(policy, "policy");
  }

  /** Creates a preview. */
  public static Preview of(TreeSource source, OfflineTarget target, PlanPolicy policy) {
    return new Preview(source, List.of(), target, policy);
  }

  /** Returns a preview of what these make of the files of both revisions, in the given order. */
  public Preview rendered(List<Renderer> by) {
    return new Preview(source, by, target, policy);
  }

  /**
   * Plans the way from one revision to another.
   *
   * @throws io.github.gitops4j.error.SourceException if a revision cannot be had or rendered
   * @throws io.github.gitops4j.error.DiffException if nothing can be compared
   */
  public Plan between(Revision from, Revision to, CallContext call) {
    try {
      RevisionComparison.Sides sides =
          RevisionComparison.of(source, target.model(), this::words)
              .rendered(renderers)
              .read(from, to, call);
      Plan plan = plan(to, sides, call);
      // How many are as declared is not known of what was not read.
      return Plan.of(plan.header(), plan.actions(), plan.broken(), 0)
          .with(warnings(from, sides, plan));
    } finally {
      target.model().passEnded();
    }
  }

  /** Where nothing is declared that may differ, no hook is run. */
  private Set<String> words(Set<ResourceKey> keys) {
    Set<String> words = new TreeSet<>(target.related().apply(keys));
    if (!keys.isEmpty()) {
      words.addAll(target.hooks());
    }
    return words;
  }

  private Plan plan(Revision to, RevisionComparison.Sides sides, CallContext call) {
    DesiredState after = sides.after();
    PlanHeader header =
        new PlanHeader(target.id(), source.id(), to, after.contentId(), policy.id());
    PlanFacts facts =
        new PlanFacts(
            sides.isEmpty() ? after : new PartOfState(after), inventory(sides.before()), policy);
    return Planner.of(target.vetoes(), target.arrangement())
        .plan(
            header,
            compared(sides, facts.inventory(), call),
            facts,
            removals -> Map.of(),
            actions -> withHooks(actions, sides));
  }

  private List<InputWarning> warnings(Revision from, RevisionComparison.Sides sides, Plan plan) {
    List<InputWarning> warnings = new ArrayList<>();
    for (BrokenInput broken : sides.before().broken()) {
      warnings.add(
          new InputWarning(
              broken.origin(),
              "it cannot be understood at " + from + ", so what it declared is not known"));
    }
    warnings.addAll(plan.warnings());
    // Said once, where it is met first.
    Map<String, Origin> doubts = new LinkedHashMap<>();
    for (PlannedAction action : plan.actions()) {
      Optional<Origin> origin = action.head().origin();
      Optional<String> doubt = target.doubt(action.key());
      if (origin.isPresent() && doubt.isPresent()) {
        doubts.putIfAbsent(doubt.get(), origin.get());
      }
    }
    doubts.forEach((doubt, origin) -> warnings.add(new InputWarning(origin, doubt)));
    return warnings;
  }

  private Inventory inventory(DesiredState before) {
    List<InventoryRecord> records = new ArrayList<>();
    before.forEach(entry -> records.add(record(entry)));
    return Inventory.of(OWNER, 0, KeyedSnapshot.of(records), MASKING_KEY);
  }

  private InventoryRecord record(DesiredEntry entry) {
    String ignored = IgnoreRule.lineFor(policy.ignoreRules(), entry.key());
    return InventoryRecord.applied(
        entry.key(), new Applied(entry.digest(), entry.digest(), "", ignored), entry.traits());
  }

  private List<Compared> compared(
      RevisionComparison.Sides sides, Inventory inventory, CallContext call) {
    Map<ResourceKey, Compared> all = new TreeMap<>();
    List<Comparison> changed = new ArrayList<>();
    for (ResourceKey key : differing(sides)) {
      Optional<DesiredEntry> before = sides.before().get(key).filter(Preview::isKept);
      Optional<DesiredEntry> after = sides.after().get(key);
      Observation live =
          before.isPresent() ? seen(before.get(), sides.before(), call) : new Observation.Absent();
      Comparison comparison =
          new Comparison(key, after, live, before.flatMap(any -> inventory.get(key)));
      if (before.isEmpty()) {
        all.put(key, new Compared(comparison, Drift.Missing.INSTANCE));
      } else if (after.isEmpty()) {
        all.put(key, new Compared(comparison, Drift.Extra.INSTANCE));
      } else {
        changed.add(comparison);
      }
    }
    List<Drift> drifts =
        Setup.given(
            "differ",
            target
                .differ()
                .diff(
                    new DiffBatch(changed, sides.after(), policy.ignoreRules(), MASKING_KEY),
                    call));
    for (int i = 0; i < changed.size(); i++) {
      Comparison comparison = changed.get(i);
      all.put(comparison.key(), new Compared(comparison, undigested(drifts.get(i))));
    }
    return List.copyOf(all.values());
  }

  /** Returns what is kept, and not only run, on either side, and differs. */
  private static Set<ResourceKey> differing(RevisionComparison.Sides sides) {
    Set<ResourceKey> keys = new TreeSet<>();
    sides.before().forEach(entry -> keys.add(entry.key()));
    sides.after().forEach(entry -> keys.add(entry.key()));
    keys.removeIf(
        key -> {
          Optional<DesiredEntry> before = sides.before().get(key).filter(Preview::isKept);
          Optional<DesiredEntry> after = sides.after().get(key).filter(Preview::isKept);
          boolean becomesHook = after.isEmpty() && sides.after().get(key).isPresent();
          return becomesHook || (before.isEmpty() ? after.isEmpty() : same(before, after));
        });
    return keys;
  }

  private static boolean same(Optional<DesiredEntry> before, Optional<DesiredEntry> after) {
    return after.isPresent()
        && before.orElseThrow().digest().equals(after.get().digest())
        && before.orElseThrow().traits().equals(after.get().traits());
  }

  private static boolean isKept(DesiredEntry entry) {
    return entry.traits().hook().isEmpty();
  }

  private static Observation seen(DesiredEntry entry, DesiredState state, CallContext call) {
    Content content = state.load(entry.key(), call).content();
    Optional<Document> document =
        content instanceof Content.Structured structured
            ? Optional.of(structured.document())
            : Optional.empty();
    String token = entry.digest().hex();
    return new Observation.Present(
        new LiveResource(entry.key(), token, entry.digest(), "", "", document));
  }

  private static Drift undigested(Drift drift) {
    return drift instanceof Drift.Changed changed
        ? new Drift.Changed(changed.changes().stream().map(Preview::undigested).toList())
        : drift;
  }

  private static FieldChange undigested(FieldChange change) {
    return new FieldChange(change.path(), undigested(change.before()), undigested(change.after()));
  }

  private static FieldValue undigested(FieldValue value) {
    return value instanceof FieldValue.Masked ? new FieldValue.Masked(Optional.empty()) : value;
  }

  /** A hook is run if it is new or has changed, and again where anything else is to do. */
  private static List<PlannedAction> withHooks(
      List<PlannedAction> actions, RevisionComparison.Sides sides) {
    boolean anythingToDo =
        actions.stream().anyMatch(action -> !(action instanceof PlannedAction.Hold));
    Map<ResourceKey, PlannedAction> hooks = new TreeMap<>();
    sides
        .after()
        .forEach(
            entry -> {
              if (isRun(entry) && (anythingToDo || !hasRun(entry, sides.before()))) {
                ActionHead head = ActionHead.ofWrite(entry, Precondition.MustBeAbsent.INSTANCE);
                hooks.put(entry.key(), new PlannedAction.RunHook(head));
              }
            });
    List<PlannedAction> all = new ArrayList<>(actions);
    all.addAll(hooks.values());
    return all;
  }

  private static boolean isRun(DesiredEntry entry) {
    return entry.traits().hook().filter(h -> h.moment() == Hook.Moment.IN_ITS_WAVE).isPresent();
  }

  private static boolean hasRun(DesiredEntry hook, DesiredState before) {
    return before
        .get(hook.key())
        .filter(old -> isRun(old) && old.digest().equals(hook.digest()))
        .isPresent();
  }
}
