package io.github.gitops4j.kubernetes.health;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the objects of a cluster. The first line that holds decides:
 *
 * <ol>
 *   <li>{@code metadata.deletionTimestamp} is there: TERMINATING.
 *   <li>An annotation says that being there is enough: {@code gitops4j.github.io/health: presence},
 *       or {@code argocd.argoproj.io/ignore-healthcheck: "true"} of Argo CD: HEALTHY.
 *   <li>A rule was {@linkplain Builder#rule given} for the kind: what it says.
 *   <li>{@code metadata.generation} and {@code status.observedGeneration} are there and differ:
 *       PROGRESSING.
 *   <li>We have a rule for the kind, such as for a Deployment: what it says.
 *   <li>Otherwise the standard conditions {@code Reconciling}, {@code Stalled}, {@code
 *       Progressing}, {@code Available} and {@code Ready} decide. A custom resource that has no
 *       status is PROGRESSING until it is ten seconds old; an object without any of these is
 *       HEALTHY.
 * </ol>
 *
 * <p>The rules are those of Argo CD and of kstatus; {@code docs/kubernetes.md} says where these
 * differ or are wrong, and what is done then.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesHealth implements HealthAssessor {
  private static final KubernetesHealth DEFAULT = builder().build();

  private final Map<GroupKind, HealthRule> rules;

  private KubernetesHealth(Builder builder) {
    this.rules = Map.copyOf(builder.rules);
  }

  private record GroupKind(String group, String kind) {}

  /** Returns the assessor that has our rules only. */
  public static KubernetesHealth create() {
    return DEFAULT;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public HealthReport assess(HealthInput input) {
    if (!(input.live() instanceof Observation.Present present)) {
      return HealthAssessor.presence().assess(input);
    }
    Optional<Document> document = present.resource().document();
    return document.isEmpty()
        ? HealthReport.of(Health.UNKNOWN, "its content is not known")
        : judge(document.get(), input);
  }

  @Override
  public boolean judgesPresenceOnly(ResourceKey key) {
    return !rules.containsKey(new GroupKind(key.group(), key.kind()))
        && BuiltInRules.judgesPresenceOnly(key.group(), key.kind());
  }

  private HealthReport judge(Document document, HealthInput input) {
    LiveView live = LiveView.of(document);
    if (live.has("metadata", "deletionTimestamp")) {
      return HealthReport.of(Health.TERMINATING, "it is being deleted");
    }
    if (live.annotation("gitops4j.github.io/health").equals("presence")
        || live.annotation("argocd.argoproj.io/ignore-healthcheck").equals("true")) {
      return HealthReport.healthy();
    }
    ResourceKey key = input.key();
    HealthRule rule = rules.get(new GroupKind(key.group(), key.kind()));
    if (rule != null) {
      return rule.judge(document, input);
    }
    return live.unobserved()
        .orElseGet(() -> BuiltInRules.of(key.group(), key.kind()).judge(live, input));
  }

  /** Builds a {@link KubernetesHealth}. Confined to one thread. */
  public static final class Builder {
    private final Map<GroupKind, HealthRule> rules = new HashMap<>();

    private Builder() {}

    /**
     * Default none: a rule that comes before ours for one kind.
     *
     * @param group the kind's group; empty text for the core group
     * @param kind the kind
     * @throws IllegalArgumentException if the kind has a rule already
     */
    public Builder rule(String group, String kind, HealthRule rule) {
      requireNonNull(rule, "rule");
      if (rules.putIfAbsent(new GroupKind(group, kind), rule) != null) {
        throw new IllegalArgumentException(
            "there is a rule for " + group + "/" + kind + " already");
      }
      return this;
    }

    /** Builds the assessor. */
    public KubernetesHealth build() {
      return new KubernetesHealth(this);
    }
  }
}
