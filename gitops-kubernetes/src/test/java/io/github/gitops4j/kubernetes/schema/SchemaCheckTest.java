package io.github.gitops4j.kubernetes.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.source.CheckedInputs;
import io.github.gitops4j.source.InputFinding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {
  private static final String VERSION_2 = "openapi-v2.json";

  @Test
  void everyProblemIsFoundAtItsLine() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2, "definition.yaml"),
            Map.of("a.yaml", Corpus.text("bad.yaml")));

    assertThat(found.broken()).isEmpty();
    assertThat(Corpus.found(found.findings()))
        .containsExactlyElementsOf(Corpus.expected(Corpus.text("bad.yaml")));
  }

  @Test
  void nothingIsWrongWithWhatIsFine() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2, "definition.yaml"),
            Map.of("a.yaml", Corpus.text("good.yaml")));

    assertThat(found.broken()).isEmpty();
    assertThat(Corpus.found(found.findings())).isEmpty();
  }

  @Test
  void aDefinitionBesideTheObjectsCountsWhereverItIs() {
    String objects = Corpus.text("bad.yaml");
    String definition = Corpus.text("definition.yaml");
    List<String> before =
        Corpus.found(
            Corpus.check(
                    Corpus.schemas(VERSION_2),
                    Map.of("a.yaml", objects, "z/definition.yaml", definition))
                .findings());

    assertThat(before)
        .filteredOn(finding -> !finding.contains("CustomResourceDefinition"))
        .containsExactlyElementsOf(Corpus.expected(objects));
  }

  @Test
  void bothVersionsOfOpenApiSayTheSame() {
    String deployments =
        Corpus.text("bad.yaml").substring(0, Corpus.text("bad.yaml").indexOf("kind: ConfigMap"));
    String whole = deployments.substring(0, deployments.lastIndexOf("---"));

    CheckedInputs found = Corpus.check(Corpus.schemas("openapi-v3.json"), Map.of("a.yaml", whole));

    assertThat(Corpus.found(found.findings()))
        .containsExactlyElementsOf(Corpus.expected(whole))
        .hasSize(8);
  }

  @Test
  void withoutSchemasOnlyWhatEveryObjectHasIsLookedAt() {
    CheckedInputs found = Corpus.check(Corpus.schemas(), Map.of("a.yaml", Corpus.text("bad.yaml")));

    assertThat(found.findings())
        .allSatisfy(finding -> assertThat(finding.path().toString()).startsWith("/metadata/"))
        .hasSize(3);
  }

  @Test
  void aKindThatNobodyKnowsIsAWarningOnce() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2),
            Map.of(
                "a.yaml",
                """
                apiVersion: example.com/v1
                kind: Thing
                metadata: {name: a}
                ---
                apiVersion: example.com/v1
                kind: Thing
                metadata: {name: b}
                """));

    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(InputFinding.Severity.WARNING);
              assertThat(finding.message()).contains("no schema of Thing in example.com/v1");
            });
  }

  @Test
  void aKindThatThisKubernetesHasNoLongerIsAnError() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2),
            Map.of(
                "a.yaml",
                "apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}\nspec: {}\n"));

    assertThat(Corpus.found(found.findings()))
        .containsExactly(
            "1 Deployment.apps/default/a: this Kubernetes has no Deployment in apps/v1beta1");
  }

  @Test
  void aNamespaceOfWhatLivesInNoneIsAWarning() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2),
            Map.of(
                "a.yaml",
                "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  namespace: b\n"));

    assertThat(Corpus.found(found.findings()))
        .containsExactly("5 /metadata/namespace: the kind lives in no namespace; it is left out");
  }

  @Test
  void allThatIsWrongInAFileIsSaidAndNotTheFirstOnly() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2),
            Map.of(
                "a.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: Upper}
                ---
                kind: ConfigMap
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                datas: {}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                """,
                "b.yaml",
                "a: [\n"));

    assertThat(found.broken())
        .extracting(input -> input.origin().toString())
        .containsExactly("a.yaml:3", "a.yaml:5", "b.yaml:2");
    assertThat(Corpus.found(found.findings()))
        .containsExactly(
            "8 ConfigMap/default/a: it is declared at a.yaml:13 too",
            "11 /datas: unknown field; did you mean data?",
            "13 ConfigMap/default/a: it is declared at a.yaml:8 too");
  }

  @Test
  void noFindingHoldsAValue() {
    CheckedInputs found =
        Corpus.check(
            Corpus.schemas(VERSION_2),
            Map.of(
                "a.yaml",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                type: [hunter2]
                data: {a: hunter2!, b: [hunter2], c: 4711}
                stringData: {d: {e: hunter2}, f: 4711}
                """));

    assertThat(found.findings()).hasSize(6);
    assertThat(found.findings().toString()).doesNotContain("hunter2").doesNotContain("4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a: 1", "kind: ConfigMap"})
  void aFileWithoutSchemasIsRefused(String content) {
    assertThatThrownBy(() -> KubernetesSchemas.builder().add("a.yaml", content.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.yaml: expected OpenAPI or definitions of custom kinds");
  }

  @Test
  void openApiThatEndsTooEarlyIsRefused() {
    byte[] cut = Corpus.text(VERSION_2).substring(0, 20_000).getBytes(UTF_8);

    assertThatThrownBy(() -> KubernetesSchemas.builder().add("a.json", cut))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.json: not valid JSON");
  }

  @Test
  void aSchemaOfWrongFormDemandsNothing() {
    String definition =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.example.com}
        spec:
          group: example.com
          names: {kind: Thing}
          versions:
            - name: v1
              schema:
                openAPIV3Schema:
                  type: object
                  required: 3
                  properties:
                    a: 1
                    b: {type: string, pattern: "(", minLength: x, enum: {}}
                    c: {type: array, items: 5, x-kubernetes-list-type: map}
                    d: {allOf: x, not: 3, type: object, additionalProperties: true}
            - 3
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: a}
        a: 1
        b: x
        c: [1, 2]
        d: {e: 1}
        """;

    assertThat(
            Corpus.found(Corpus.check(Corpus.schemas(), Map.of("a.yaml", definition)).findings()))
        .isEmpty();
  }
}
