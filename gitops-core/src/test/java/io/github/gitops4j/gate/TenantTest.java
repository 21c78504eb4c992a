package io.github.gitops4j.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.Globs;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTest {
  private static final String SOURCE = "https://git.example.com/shop/web.git//prod";
  private static final String TARGET = "kubernetes:https://10.0.0.1:6443#shop";
  private static final ResourceKey WEB = ResourceKey.of("apps", "Deployment", "shop-prod", "web");
  private static final ResourceKey ROLE =
      ResourceKey.of("rbac.authorization.k8s.io", "ClusterRole", "", "admin");

  private static Tenant.Builder shop() {
    return Tenant.builder("shop")
        .sources(Globs.of(List.of("https://git.example.com/shop/*", "!*secret*")))
        .targets(Globs.of(List.of("kubernetes:*#shop")))
        .namespaces(Globs.of(List.of("shop-*", "!shop-system")));
  }

  private static ActionHead head(ResourceKey key) {
    return new ActionHead(
        key,
        new Step(Phase.MAIN, Step.Stage.WRITE, 0, 0, 0),
        Optional.empty(),
        Precondition.MustBeAbsent.INSTANCE,
        Optional.empty());
  }

  private static GateVerdict judge(Tenant tenant, String source, PlannedAction... actions) {
    Plan plan =
        Plan.of(
            new PlanHeader(TARGET, source, Revision.ofId("abc"), "content", "policy"),
            List.of(actions),
            List.of(),
            0);
    return tenant.evaluate(
        plan,
        new GateFacts(
            Instant.EPOCH,
            Provenance.unknown(),
            Set.of(plan.digest()),
            new Standing(0, Set.of(), Optional.empty()),
            Set.of(),
            OtherApplications.none()));
  }

  private static boolean allows(Tenant tenant, ResourceKey key) {
    return judge(tenant, SOURCE, new PlannedAction.Create(head(key))) instanceof GateVerdict.Allow;
  }

  @Test
  void namespacesAreAllowedByNameAndSomeAreNot() {
    assertThat(allows(shop().build(), WEB)).isTrue();
    assertThat(allows(shop().build(), ResourceKey.of("", "Secret", "shop-dev", "a"))).isTrue();
    assertThat(allows(shop().build(), ResourceKey.of("", "Secret", "shop-system", "a"))).isFalse();
    assertThat(allows(shop().build(), ResourceKey.of("", "Secret", "kube-system", "a"))).isFalse();
  }

  @Test
  void whatIsInNoNamespaceIsForbiddenUnlessItIsNamed() {
    assertThat(allows(shop().build(), ROLE)).isFalse();
    ResourceSelector namespaces =
        ResourceSelector.builder().kind("Namespace").name("shop-*").build();
    Tenant tenant = shop().clusterKinds(List.of(namespaces)).build();
    assertThat(allows(tenant, ResourceKey.of("", "Namespace", "", "shop-new"))).isTrue();
    assertThat(allows(tenant, ResourceKey.of("", "Namespace", "", "other"))).isFalse();
    assertThat(allows(tenant, ROLE)).isFalse();
  }

  @Test
  void filesOfAnAllowedDirectoryAreAllowed() {
    assertThat(allows(shop().build(), ResourceKey.file("etc/a"))).isTrue();
  }

  @Test
  void kindsAreAllowedOrDenied() {
    ResourceSelector secrets = ResourceSelector.builder().kind("Secret").build();
    ResourceSelector deployments = ResourceSelector.builder().group("apps").build();
    ResourceKey secret = ResourceKey.of("", "Secret", "shop-prod", "a");
    assertThat(allows(shop().kinds(List.of(deployments)).build(), secret)).isFalse();
    assertThat(allows(shop().kinds(List.of(deployments)).build(), WEB)).isTrue();
    assertThat(allows(shop().deniedKinds(List.of(secrets)).build(), secret)).isFalse();
    assertThat(allows(shop().deniedKinds(List.of(secrets)).build(), WEB)).isTrue();
  }

  @Test
  void everyActionThatTouchesLiveIsLookedAt() {
    ActionHead head = head(ROLE);
    Tenant tenant = shop().build();
    Stream.of(
            new PlannedAction.Create(head),
            new PlannedAction.Adopt(head),
            new PlannedAction.Prune(head),
            new PlannedAction.Quarantine(head))
        .forEach(
            action ->
                assertThat(judge(tenant, SOURCE, action).reason())
                    .isEqualTo("tenant shop may not write " + ROLE));
    assertThat(
            judge(
                tenant,
                SOURCE,
                new PlannedAction.Release(head),
                PlannedAction.Hold.of(
                    new PlannedAction.Create(head), HoldReason.DEPENDENCY, "waits")))
        .isInstanceOf(GateVerdict.Allow.class);
  }

  @Test
  void allThatIsWrongIsSaidUpToSome() {
    PlannedAction[] actions =
        Stream.iterate(0, i -> i + 1)
            .limit(8)
            .map(i -> new PlannedAction.Create(head(ResourceKey.of("", "Pod", "other", "p" + i))))
            .toArray(PlannedAction[]::new);
    assertThat(judge(shop().build(), SOURCE, actions).reason())
        .contains("p0", "p4")
        .doesNotContain("p5")
        .endsWith("; and 3 more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/shop-2/web.git",
        "https://git.example.com/shop/secret.git",
        "https://git.example.com.evil.org/shop/web.git",
        "https://git.example.com/shop/../other/web.git",
        "https://git.example.com/shop/%2E%2e/other/web.git",
        "https://git.example.com/shop/..%2fother/web.git",
        "https://git.example.com/shop/./..",
        ""
      })
  void aSourceThatIsNotAllowedIsRefused(String source) {
    assertThat(judge(shop().build(), source, new PlannedAction.Create(head(WEB))).reason())
        .isEqualTo("tenant shop may not use source " + source);
  }

  @Test
  void aTargetThatIsNotAllowedIsRefused() {
    assertThat(shop().build().objection(SOURCE, "filesystem:/srv/other"))
        .contains("tenant shop may not use target filesystem:/srv/other");
    assertThat(shop().build().objection(SOURCE, TARGET)).isEmpty();
  }

  @Test
  void whoMayNothingMayNothing() {
    Tenant nobody = Tenant.builder("nobody").build();
    assertThat(judge(nobody, SOURCE)).isInstanceOf(GateVerdict.Deny.class);
    assertThatThrownBy(() -> Globs.of(List.of("!"))).isInstanceOf(IllegalArgumentException.class);
  }
}
