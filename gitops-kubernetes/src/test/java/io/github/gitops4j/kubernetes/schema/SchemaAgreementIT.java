package io.github.gitops4j.kubernetes.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.source.CheckedInputs;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks a real API server what it says of each object of the corpus. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SchemaAgreementIT {
  private static final String DEFINITION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.schema.example.com";

  /** Of what it cannot read into its type it does not say where it is. */
  private static final String SOMEWHERE = "failed to convert new object";

  private static final String STRICTLY = "?dryRun=All&fieldValidation=Strict";
  private static final String WIDGETS = "schema.example.com/v1";

  private final PlaneClient client;
  private final TestNamespace namespace;

  SchemaAgreementIT(ControlPlane plane, TestNamespace namespace) {
    this.client = plane.client();
    this.namespace = namespace;
  }

  @BeforeAll
  void define() {
    PlaneAnswer defined = client.apply(DEFINITION, "tests", Corpus.text("definition.yaml"));
    assertThat(defined.isSuccess()).as(defined.body()).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get(namespace.path(WIDGETS, "widgets")).isSuccess());
    // The schema comes a little later than the kind.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                !dryRun(
                        "apiVersion: %s\nkind: Widget\nmetadata: {name: a}\nspec: {size: 11}\n"
                            .formatted(WIDGETS))
                    .isSuccess());
  }

  @AfterAll
  void forget() {
    client.delete(DEFINITION);
  }

  @Test
  void theServerTakesWhatIsFine() {
    List<String> refused = new ArrayList<>();
    for (String object : Corpus.text("good.yaml").split("---\n", -1)) {
      PlaneAnswer answer = dryRun(object);
      if (!answer.isSuccess()) {
        refused.add(object + answer.body());
      }
    }

    assertThat(refused).isEmpty();
  }

  @Test
  void theServerRefusesWhatIsWrongForTheSameField() {
    List<String> accepted = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    for (String object : Corpus.text("bad.yaml").split("---\n", -1)) {
      PlaneAnswer answer = dryRun(object);
      if (answer.isSuccess()) {
        accepted.add(object);
      } else if (!answer.body().contains(SOMEWHERE)
          && Corpus.expected(object).stream()
              .noneMatch(finding -> answer.body().contains(lastField(finding)))) {
        elsewhere.add(object + answer.body());
      }
    }

    assertThat(accepted).isEmpty();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void whatTheServerPublishesItselfSaysTheSame() {
    for (String path : List.of("/openapi/v2", "/openapi/v3/apis/apps/v1")) {
      byte[] published = client.get(path).body().getBytes(UTF_8);
      KubernetesSchemas schemas =
          KubernetesSchemas.builder()
              .add("published.json", published)
              .add("definition.yaml", Corpus.bytes("definition.yaml"))
              .build();
      String bad = Corpus.text("bad.yaml");
      String deployments = bad.substring(0, bad.lastIndexOf("---", bad.indexOf("ConfigMap")));

      CheckedInputs found = Corpus.check(schemas, Map.of("a.yaml", deployments));

      assertThat(Corpus.found(found.findings()))
          .as(path)
          .containsExactlyElementsOf(Corpus.expected(deployments));
    }
  }

  /** A path of a field, a key of a list for one; the words of the two differ. */
  private static String lastField(String finding) {
    if (!finding.contains(" /")) {
      return "not found";
    }
    String path = finding.substring(finding.indexOf('/'), finding.indexOf(": "));
    String last = path.substring(path.lastIndexOf('/') + 1);
    String field = last.matches("[0-9]+") ? path.substring(0, path.lastIndexOf('/')) : path;
    return field.substring(field.lastIndexOf('/') + 1);
  }

  /** Returns what the server says, by the first of the two ways to write by which it refuses. */
  private PlaneAnswer dryRun(String yaml) {
    Document object =
        YamlReader.create().read("object.yaml", yaml.getBytes(UTF_8)).get(0).document();
    String kind = object.text(FieldPath.parse("/kind")).orElseThrow();
    String plural = kind.toLowerCase(Locale.ROOT) + (kind.endsWith("s") ? "es" : "s");
    String version = object.text(FieldPath.parse("/apiVersion")).orElseThrow();
    String all = version.equals("v1") ? namespace.core(plural) : namespace.path(version, plural);
    String name = object.text(FieldPath.parse("/metadata/name")).orElseThrow();
    PlaneAnswer applied = client.apply(all + "/" + name + STRICTLY, "tests", yaml);
    return applied.isSuccess() ? client.post(all + STRICTLY, object.root().toJson()) : applied;
  }
}
