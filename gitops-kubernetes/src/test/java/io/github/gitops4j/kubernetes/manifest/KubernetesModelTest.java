package io.github.gitops4j.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.ApplyPolicy;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.PrunePolicy;
import io.github.gitops4j.resource.ReplacePolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesModelTest {
  private static final String HARBOR_DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: harbors.sea.example.com}
      spec: {group: sea.example.com, names: {kind: Harbor, plural: harbors}, scope: Cluster}
      """;
  private static final String HARBOR =
      """
      apiVersion: sea.example.com/v1
      kind: Harbor
      metadata: {name: kiel, namespace: elsewhere}
      """;
  private static final ResourceKey CLUSTER_WIDE =
      ResourceKey.of("sea.example.com", "Harbor", "", "kiel");

  private final InMemoryTreeSource tree = InMemoryTreeSource.empty();

  @Test
  void aDefinitionInAnyFileSaysThatItsKindIsClusterWide() {
    DesiredState state = fetch(KindScopes.NONE, "a.yaml", HARBOR, "z.yaml", HARBOR_DEFINITION);

    assertThat(state.get(CLUSTER_WIDE)).isPresent();
    assertThat(state.size()).isEqualTo(2);
  }

  @Test
  void theClusterSaysThatAKindIsClusterWide() {
    KindScopes cluster = (group, kind, call) -> kind.equals("Harbor");

    assertThat(fetch(cluster, "a.yaml", HARBOR).get(CLUSTER_WIDE)).isPresent();
  }

  @Test
  void aKindThatNobodyKnowsLivesInANamespace() {
    ResourceKey key = ResourceKey.of("sea.example.com", "Harbor", "elsewhere", "kiel");

    assertThat(fetch(KindScopes.NONE, "a.yaml", HARBOR).get(key)).isPresent();
  }

  @Test
  void aFileWithoutEndIsBrokenAndTheOthersAreRead() {
    tree.commit("manifests", files -> files.put("endless.yaml", "").put("harbor.yaml", HARBOR));
    TreeDesiredStateSource source =
        TreeDesiredStateSource.of(
            new EndlessFiles(tree, "endless.yaml"), KubernetesModel.of("shop", KindScopes.NONE));
    CallContext call = CallContext.unbounded();
    DesiredState state = source.fetch(source.latest(call), Optional.empty(), call);

    assertThat(state.size()).isOne();
    assertThat(state.broken())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.origin().file()).isEqualTo("endless.yaml");
              assertThat(broken.failure().category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
            });
  }

  @Test
  void whatAListHasTwiceIsFoundAtBothPlaces() {
    String twice =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
        """;
    assertThat(fetch(KindScopes.NONE, "l.yaml", twice).broken())
        .extracting(broken -> broken.failure().message())
        .containsExactly(
            "l.yaml:4: ConfigMap/shop/a is also declared in [l.yaml:5]",
            "l.yaml:5: ConfigMap/shop/a is also declared in [l.yaml:4]");
  }

  @Test
  void aLateDefinitionIsLearntFromAChange() {
    KubernetesModel model = KubernetesModel.of("shop");
    TreeDesiredStateSource source = TreeDesiredStateSource.of(tree, model);
    CallContext call = CallContext.unbounded();
    tree.commit("kind in use", files -> files.put("a.yaml", HARBOR));
    DesiredState before = source.fetch(source.latest(call), Optional.empty(), call);
    String id = model.id();
    tree.commit("kind defined", files -> files.put("z.yaml", HARBOR_DEFINITION));

    DesiredState after = source.fetch(source.latest(call), Optional.of(before), call);

    assertThat(model.id()).isNotEqualTo(id);
    assertThat(after.get(CLUSTER_WIDE)).isPresent();
    assertThat(after.size()).isEqualTo(2);
  }

  @Test
  void namesAndNamespacesAreText() {
    assertThat(finding("metadata: {name: a, namespace: 123}"))
        .contains("metadata.namespace has to be text, so put it into quotes");
    assertThat(finding("metadata: {name: yes}")).contains("metadata.name has to be text");
    assertThat(finding("metadata: {name: a/b}")).contains("metadata.name \"a/b\" is not possible");
    assertThat(finding("metadata: {generateName: a-}")).contains("generateName");
    assertThat(keys("metadata: {name: a, namespace: null}"))
        .containsExactly(ResourceKey.of("", "ConfigMap", "shop", "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argocd.argoproj.io/sync-options   | Validate=false, Prune=false | KEEP",
        "argocd.argoproj.io/sync-options   | Delete=false                | KEEP",
        "argocd.argoproj.io/sync-options   | Prune=confirm               | KEEP",
        "argocd.argoproj.io/sync-options   | PruneLast=true              | PRUNE",
        "kustomize.toolkit.fluxcd.io/prune | Disabled                    | KEEP",
        "kustomize.toolkit.fluxcd.io/ssa   | Ignore                      | KEEP",
        "kustomize.toolkit.fluxcd.io/reconcile  | disabled               | KEEP",
        "helm.sh/resource-policy           | keep                        | KEEP",
        "cli-utils.sigs.k8s.io/on-remove   | keep                        | KEEP",
        "client.lifecycle.config.k8s.io/deletion | detach                | KEEP",
        "gitops4j.github.io/prune          | release                     | RELEASE",
      })
  void whatIsMarkedToBeKeptIsKept(String annotation, String value, PrunePolicy expected) {
    assertThat(traits(annotation, value).prunePolicy()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kustomize.toolkit.fluxcd.io/ssa         | ifNotPresent | CREATE_ONLY",
        "client.lifecycle.config.k8s.io/mutation | ignore       | CREATE_ONLY",
        "kustomize.toolkit.fluxcd.io/ssa         | Ignore       | IGNORE",
        "kustomize.toolkit.fluxcd.io/reconcile   | disabled     | IGNORE",
        "gitops4j.github.io/apply                | create-only  | CREATE_ONLY",
        "gitops4j.github.io/apply                | always       | APPLY",
      })
  void whatMayBeWrittenIsRead(String annotation, String value, ApplyPolicy expected) {
    assertThat(traits(annotation, value).applyPolicy()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argocd.argoproj.io/sync-options   | Force=true   | IF_IMMUTABLE",
        "kustomize.toolkit.fluxcd.io/force | enabled      | IF_IMMUTABLE",
        "gitops4j.github.io/replace        | if-immutable | IF_IMMUTABLE",
        "gitops4j.github.io/replace        | never        | NEVER",
      })
  void whetherItMayBeReplacedIsRead(String annotation, String value, ReplacePolicy expected) {
    assertThat(traits(annotation, value).replacePolicy()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gitops4j.github.io/hook | before                  | BEFORE | IN_ITS_WAVE",
        "gitops4j.github.io/hook | during                  | MAIN   | IN_ITS_WAVE",
        "gitops4j.github.io/hook | on-failure              | MAIN   | ON_FAILURE",
        "argocd.argoproj.io/hook | PreSync                 | BEFORE | IN_ITS_WAVE",
        "argocd.argoproj.io/hook | Sync                    | MAIN   | IN_ITS_WAVE",
        "argocd.argoproj.io/hook | PostSync                | AFTER  | IN_ITS_WAVE",
        "argocd.argoproj.io/hook | SyncFail                | MAIN   | ON_FAILURE",
        "argocd.argoproj.io/hook | PreSync, PreDelete      | BEFORE | IN_ITS_WAVE",
        "helm.sh/hook            | pre-install,pre-upgrade | BEFORE | IN_ITS_WAVE",
        "helm.sh/hook            | post-upgrade            | AFTER  | IN_ITS_WAVE",
      })
  void hooksAreRead(String annotation, String value, Phase phase, Hook.Moment moment) {
    ResourceTraits traits = traits(annotation, value);

    assertThat(traits.phase()).isEqualTo(phase);
    assertThat(traits.hook()).contains(Hook.at(moment));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gitops4j.github.io/hook | before      | gitops4j.github.io/hook-removal       | succeeded",
        "argocd.argoproj.io/hook | PostSync    | argocd.argoproj.io/hook-delete-policy | HookSucceeded,BeforeHookCreation",
        "helm.sh/hook            | post-install | helm.sh/hook-delete-policy           | hook-succeeded",
      })
  void whenAHookIsRemovedIsRead(String hook, String moment, String removal, String when) {
    String metadata =
        "metadata: {name: a, annotations: {%s: \"%s\", %s: \"%s\", helm.sh/hook-weight: \"-5\"}}"
            .formatted(hook, moment, removal, when);
    ResourceTraits traits = entries(metadata).get(0).traits();

    assertThat(traits.hook().orElseThrow().removal()).containsExactly(Hook.End.SUCCEEDED);
    assertThat(traits.wave()).isEqualTo(-5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argocd.argoproj.io/hook | Skip",
        "argocd.argoproj.io/hook | PostDelete",
        "helm.sh/hook            | test",
      })
  void aHookWhoseMomentNeverComesIsNotDeclared(String annotation, String value) {
    assertThat(entries(annotated(annotation, value))).isEmpty();
  }

  @Test
  void theInstallationOfADefinitionIsNoHook() {
    assertThat(traits("helm.sh/hook", "crd-install").hook()).isEmpty();
  }

  @Test
  void aPhaseIsRead() {
    assertThat(traits("gitops4j.github.io/phase", "after").phase()).isEqualTo(Phase.AFTER);
  }

  @Test
  void whatHoldsOthersIsNeverReplaced() {
    String namespace =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: sea, annotations: {argocd.argoproj.io/sync-options: Force=true}}
        """;
    ResourceKey key = ResourceKey.of("", "Namespace", "", "sea");

    assertThat(fetch(KindScopes.NONE, "a.yaml", namespace).get(key).orElseThrow().traits())
        .extracting(ResourceTraits::replacePolicy)
        .isEqualTo(ReplacePolicy.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1                           | ConfigMap   | My_App | 253 lower case letters",
        "v1                           | Service     | a.b    | 63 lower case letters",
        "v1                           | Namespace   | a.b    | 63 lower case letters",
        "apps/v1                      | Deployment  | a..b   | on both sides of each .",
        "rbac.authorization.k8s.io/v1 | ClusterRole | a/b    | without / and %",
        "example.com/v1               | Ship        | ..     | neither . nor ..",
      })
  void aNameThatTheKindCannotHaveIsRefusedAtItsLine(
      String version, String kind, String name, String expected) {
    DesiredState state = named(version, kind, name, "shop");

    assertThat(state.broken()).hasSize(1);
    assertThat(state.broken().get(0).origin()).hasToString("a.yaml:4");
    assertThat(state.broken().get(0).failure().message())
        .contains("metadata.name \"" + name + "\" is not possible: it has to be ", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1                           | ConfigMap   | 1.a-b",
        "v1                           | Service     | 1a",
        "rbac.authorization.k8s.io/v1 | ClusterRole | system:Admin",
        "example.com/v1               | Ship        | Upper_Case",
      })
  void aNameThatTheServerMayAcceptIsRead(String version, String kind, String name) {
    assertThat(named(version, kind, name, "shop").broken()).isEmpty();
  }

  @Test
  void aNamespaceThatCannotBeIsRefusedAtItsLine() {
    DesiredState state = named("v1", "ConfigMap", "a", "Shop.eu");

    assertThat(state.broken().get(0).origin()).hasToString("a.yaml:5");
    assertThat(state.broken().get(0).failure().message())
        .contains("metadata.namespace \"Shop.eu\" is not possible", "63 lower case letters");
  }

  private DesiredState named(String version, String kind, String name, String namespace) {
    return fetch(
        KindScopes.NONE,
        "a.yaml",
        """
        apiVersion: %s
        kind: %s
        metadata:
          name: "%s"
          namespace: %s
        """
            .formatted(version, kind, name, namespace));
  }

  @Test
  void whatKustomizeReadsOtherwiseIsAWarningUntilItIsMended() {
    String before = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    DesiredState first =
        fetch(KindScopes.NONE, "a.yaml", before + "data: {a: b, no: x}\n", "b.yaml", HARBOR);
    DesiredState other = refetch(first, "b.yaml", HARBOR + "spec: {open: on}\n");
    DesiredState mended = refetch(other, "a.yaml", before + "data: {a: b, \"no\": x}\n");

    assertThat(warnings(first)).containsExactly("a.yaml:4");
    assertThat(warnings(other)).containsExactly("a.yaml:4", "b.yaml:4");
    assertThat(warnings(mended)).containsExactly("b.yaml:4");
    assertThat(mended.broken()).isEmpty();
  }

  private DesiredState refetch(DesiredState earlier, String name, String text) {
    tree.commit("change", files -> files.put(name, text));
    CallContext call = CallContext.unbounded();
    TreeDesiredStateSource source = TreeDesiredStateSource.of(tree, KubernetesModel.of("shop"));
    return source.fetch(source.latest(call), Optional.of(earlier), call);
  }

  private static List<String> warnings(DesiredState state) {
    return state.warnings().stream().map(warning -> warning.origin().toString()).toList();
  }

  @Test
  void dependenciesAreReadInTheFormOfCliUtils() {
    String references =
        "apps/namespaces/shop/Deployment/db, rbac.authorization.k8s.io/ClusterRole/r";
    List<ResourceKey> expected =
        List.of(
            ResourceKey.of("apps", "Deployment", "shop", "db"),
            ResourceKey.of("rbac.authorization.k8s.io", "ClusterRole", "", "r"));

    assertThat(traits("config.kubernetes.io/depends-on", references).dependsOn())
        .isEqualTo(expected);
    assertThat(traits("gitops4j.github.io/depends-on", references).dependsOn()).isEqualTo(expected);
    assertThat(finding(annotated("gitops4j.github.io/depends-on", "Deployment/db")))
        .contains("gitops4j.github.io/depends-on has to be group/kind/name");
  }

  @Test
  void whatIsNotObeyedIsRefused() {
    assertThat(finding(annotated("gitops4j.github.io/aplly", "ignore")))
        .contains("gitops4j.github.io/aplly has to be left out: there is no such annotation");
    assertThat(finding(annotated("argocd.argoproj.io/hook", "PreSink"))).contains("PostSync");
    assertThat(finding(annotated("argocd.argoproj.io/hook", "PreSync,PostSync")))
        .contains("an object is run at one only");
    assertThat(finding(annotated("gitops4j.github.io/wave", "first"))).contains("a whole number");
    assertThat(finding(annotated("gitops4j.github.io/health", "ignore")))
        .contains("one of judged, presence");
    assertThat(traits("gitops4j.github.io/health", "presence")).isNotNull();
  }

  private ResourceTraits traits(String annotation, String value) {
    return entries(annotated(annotation, value)).get(0).traits();
  }

  private static String annotated(String annotation, String value) {
    return "metadata: {name: a, annotations: {" + annotation + ": \"" + value + "\"}}";
  }

  private List<ResourceKey> keys(String metadata) {
    return entries(metadata).stream().map(DesiredEntry::key).toList();
  }

  private List<DesiredEntry> entries(String metadata) {
    DesiredState state = configMap(metadata);
    assertThat(state.broken()).isEmpty();
    List<DesiredEntry> entries = new ArrayList<>();
    state.forEach(entries::add);
    return entries;
  }

  private String finding(String metadata) {
    List<BrokenInput> broken = configMap(metadata).broken();
    assertThat(broken).hasSize(1);
    assertThat(broken.get(0).origin().line()).isPositive();
    return broken.get(0).failure().message();
  }

  private DesiredState configMap(String metadata) {
    return fetch(KindScopes.NONE, "a.yaml", "apiVersion: v1\nkind: ConfigMap\n" + metadata + "\n");
  }

  private DesiredState fetch(KindScopes cluster, String... namesAndTexts) {
    tree.commit(
        "manifests",
        files -> {
          for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
          }
        });
    TreeDesiredStateSource source =
        TreeDesiredStateSource.of(tree, KubernetesModel.of("shop", cluster));
    CallContext call = CallContext.unbounded();
    return source.fetch(source.latest(call), Optional.empty(), call);
  }
}
