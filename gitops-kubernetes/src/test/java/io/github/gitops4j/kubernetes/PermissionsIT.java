package io.github.gitops4j.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The roles of {@code docs/kubernetes.md}, as they are there, suffice for all that a target does.
 */
@ExtendWith(ControlPlaneExtension.class)
class PermissionsIT {
  private static final int PASSES = 2_000;
  private static final int FORBIDDEN = 403;
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final ControlPlane plane;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  PermissionsIT(ControlPlane plane) {
    this.plane = plane;
    this.namespace = TestNamespace.in(plane);
    this.others = plane.client();
    open.add(namespace);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void theRoleOfThePageSufficesForANamespace() throws IOException {
    bind(blocks().get(0));

    liveAWholeLife();
  }

  /** What the state needs further is for states of earlier versions, and to clean up and forget. */
  @ParameterizedTest
  @CsvSource({
    "configmaps, get",
    "configmaps, list",
    "configmaps, watch",
    "configmaps, create",
    "configmaps, patch",
    "configmaps, delete",
    "secrets, get",
    "secrets, watch",
    "secrets, create",
    "secrets, update",
  })
  void withoutAnyOfItsVerbsItDoesNot(String kind, String verb) throws IOException {
    String role = blocks().get(0);
    String verbs = "(resources: \\[" + kind + "[^]]*]\\s+verbs: \\[[^]]*)\\b" + verb + "\\b(?:, )?";
    String less = role.replaceFirst(verbs, "$1");
    assertThat(less).isNotEqualTo(role);
    bind(less.replace(", ]", "]"));

    assertThatThrownBy(this::liveAWholeLife)
        .isInstanceOfAny(AssertionError.class, GitOpsException.class);
    assertThat(refusals).isNotEmpty();
  }

  private void liveAWholeLife() {
    declare();
    Reconciler reconciler = Reconciler.builder(source, target("tests/role")).build();

    assertThat(reconciler.plan(call).actions()).hasSize(4);
    converges(reconciler);
    assertThat(reconciler.history(10, call)).isNotEmpty();

    reconciler.reconcile(call);
    requests.clear();
    assertThat(reconciler.reconcile(call).converged()).isTrue();
    assertThat(requests).isEmpty();

    others.merge(namespace.core("configmaps/settings"), "{\"data\": {\"k\": \"edited\"}}");
    // A pass knows of it as soon as the server has told it.
    for (int pass = 1; pass < PASSES && !settings().contains("\"k\":\"one\""); pass++) {
      converges(reconciler);
    }
    assertThat(settings()).contains("\"k\":\"one\"");

    source.commit("withdraw", files -> files.remove("web.yaml").remove("service.yaml"));
    // Who owns what is ignored has to be read.
    IgnoreRule rule = IgnoreRule.builder(List.of(FieldPath.parse("/data/theirs"))).build();
    source.commit("change", files -> files.put("settings.yaml", settings("two")));
    converges(
        Reconciler.builder(source, target("tests/role"))
            .policy(PlanPolicy.builder().ignoreRules(List.of(rule)).build())
            .build());
    assertThat(settings()).contains("\"k\":\"two\"");
    assertThat(others.get(namespace.path("apps/v1", "deployments/web")).status()).isEqualTo(404);
    assertThat(others.get(namespace.core("services/web")).status()).isEqualTo(404);
    assertThat(refusals).isEmpty();
  }

  @Test
  void theClusterRoleOfThePageSufficesForACluster() throws IOException {
    bind(blocks().get(1));
    FishKind fish = new FishKind(namespace.name() + ".example.com");
    String sea = namespace.name() + "-sea";
    source.commit(
        "declare",
        files -> {
          files.put("kept.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\n");
          files.put("kind.yaml", fish.definition());
          files.put(
              "sea.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(sea));
          files.put(
              "cod.yaml",
              "apiVersion: %s/v1\nkind: Fish\nmetadata: {name: cod, namespace: %s}\n"
                  .formatted(fish.group(), sea));
          files.put(
              "reader.yaml",
              """
              apiVersion: rbac.authorization.k8s.io/v1
              kind: ClusterRole
              metadata: {name: %s:reader}
              rules: [{apiGroups: [%s], resources: [fishes], verbs: [get]}]
              """
                  .formatted(sea, fish.group()));
        });
    Reconciler reconciler =
        Reconciler.builder(source, target("tests/cluster-role")).gates(List.of()).build();

    converges(reconciler);
    assertThat(
            others
                .get("/apis/%s/v1/namespaces/%s/fishes/cod".formatted(fish.group(), sea))
                .isSuccess())
        .isTrue();

    source.commit(
        "withdraw",
        files ->
            files
                .clear()
                .put("kept.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\n"));
    converges(reconciler);
    assertThat(others.get(fish.definitionPath()).status()).isEqualTo(404);
    assertThat(others.get("/api/v1/namespaces/" + sea).status()).isEqualTo(404);
    assertThat(refusals).isEmpty();
  }

  private static String settings(String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {k: %s}\n"
        .formatted(value);
  }

  private void declare() {
    source.commit(
        "declare",
        files -> {
          files.put("settings.yaml", settings("one"));
          files.put(
              "service.yaml",
              "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n");
          files.put(
              "web.yaml",
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web}
              spec:
                selector: {matchLabels: {app: web}}
                template:
                  metadata: {labels: {app: web}}
                  spec: {containers: [{name: web, image: web}]}
              """);
          files.put(
              "migrate.yaml",
              """
              apiVersion: batch/v1
              kind: Job
              metadata:
                name: migrate
                annotations: {gitops4j.github.io/hook: before, gitops4j.github.io/hook-removal: succeeded}
              spec:
                template:
                  spec: {restartPolicy: Never, containers: [{name: a, image: a}]}
              """);
        });
  }

  private String settings() {
    return others.get(namespace.core("configmaps/settings")).body();
  }

  private void converges(Reconciler reconciler) {
    ReconcileReport report = reconciler.reconcileAndWait(call);
    assertThat(report.result())
        .as("%s %s", report.unhealthy(), refusals)
        .isInstanceOf(PassResult.Done.class);
    assertThat(report.converged()).as("%s %s", report, report.failures()).isTrue();
  }

  /** Runs as the service account of the page, and notes what is asked and what is refused. */
  private KubernetesTarget target(String owner) {
    Config config = Config.fromKubeconfig(plane.kubeconfig(User.LIMITED).toFile());
    config.setOauthToken(token());
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("noted", new Noted()))
            .build();
    open.add(client);
    KubernetesTarget target =
        KubernetesTarget.builder(client, owner)
            .defaultNamespace(namespace.name())
            .health(HealthAssessor.presence())
            .build();
    open.add(target);
    return target;
  }

  private final class Noted implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      requests.add(request.method() + " " + request.uri());
    }

    @Override
    public void after(
        HttpRequest request,
        HttpResponse<?> response,
        AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      if (response.code() == FORBIDDEN) {
        refusals.add(request.method() + " " + request.uri());
      }
    }
  }

  private String token() {
    PlaneAnswer answer =
        require(others.post(namespace.core("serviceaccounts/gitops/token"), "{\"spec\": {}}"));
    return text(document(answer.body()), "/status/token");
  }

  /** Applies the objects of one block of the page, in the namespace of the test. */
  private void bind(String block) {
    for (DocumentPart part : YamlReader.create().read("page", block.getBytes(UTF_8))) {
      Document object = part.document();
      String name = text(object, "/metadata/name");
      String path =
          switch (text(object, "/kind")) {
            case "ServiceAccount" -> namespace.core("serviceaccounts/" + name);
            case "Role" -> namespace.path("rbac.authorization.k8s.io/v1", "roles/" + name);
            case "RoleBinding" ->
                namespace.path("rbac.authorization.k8s.io/v1", "rolebindings/" + name);
            case "ClusterRole" -> RBAC + "clusterroles/" + name;
            case "ClusterRoleBinding" -> RBAC + "clusterrolebindings/" + name;
            default -> throw new AssertionError(object.toString());
          };
      require(others.apply(path, "admin", new String(object.canonicalJson(), UTF_8)));
      if (path.startsWith(RBAC)) {
        open.add(() -> others.delete(path));
      }
    }
  }

  /** Returns the blocks of the section, with our names in place of those of the page. */
  private List<String> blocks() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("gitops.root"), "docs/kubernetes.md"));
    String section = page.substring(page.indexOf("\n## Permissions\n"));
    section = section.substring(0, section.indexOf("\n## ", 1));
    List<String> blocks = new ArrayList<>();
    for (String rest : section.split("```yaml\n", -1)) {
      if (rest.contains("```")) {
        blocks.add(
            rest.substring(0, rest.indexOf("```"))
                .replace("namespace: shop", "namespace: " + namespace.name())
                .replace("name: gitops-platform", "name: gitops-" + namespace.name()));
      }
    }
    return blocks;
  }

  private static Document document(String json) {
    return JsonReader.create().read("answer", json.getBytes(UTF_8));
  }

  private static String text(Document document, String path) {
    Optional<String> text = document.at(FieldPath.parse(path)).map(value -> ((Text) value).value());
    return text.orElseThrow();
  }

  private static PlaneAnswer require(PlaneAnswer answer) {
    assertThat(answer.isSuccess()).as("%s", answer).isTrue();
    return answer;
  }
}
