package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateVerbTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: shops.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {kind: Shop, plural: shops}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      port: {type: integer}
      """;

  private static final String RULE =
      """
                    x-kubernetes-validations:
                      - rule: "%s"
                        message: "%s"
      """;

  private static final String SHOP =
      """
      apiVersion: example.com/v1
      kind: Shop
      metadata: {name: a}
      spec:
        prot: 80
      """;

  private static final String APPLICATION =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: Application
      metadata: {name: %1$s}
      spec:
        source: {directory: {path: %1$s}}
        target: {kubernetes: {kubeconfig: none, owner: tests/%1$s, namespace: shop}}
      """;

  @TempDir Path directory;

  @Test
  void manifestsAreCheckedAgainstTheDefinitionsBesideThem() throws IOException {
    write("all/shop.yaml", SHOP);
    write("all/z.yaml", DEFINITION);
    write("all/.git/broken.yaml", "{");
    write("all/README.md", "no manifest");
    String all = directory.resolve("all").toString();

    assertThat(CommandRun.of("validate", "--manifests", all))
        .isEqualTo(
            new CommandRun(
                1,
                "  ! schema     "
                    + all
                    + "/shop.yaml:5: /spec/prot: unknown field; did you mean port?\n"
                    + "  1 wrong, 2 declared\n",
                ""));
  }

  @Test
  void aDefinitionIsASchemaToo() throws IOException {
    String shop = write("shop.yaml", SHOP);
    String definition = write("schemas/definition.yaml", DEFINITION);

    assertThat(CommandRun.of("validate", "--manifests", shop).exit()).isZero();
    assertThat(CommandRun.of("validate", "--manifests", shop, "--schema", definition).exit())
        .isEqualTo(1);
    String schemas = directory.resolve("schemas").toString();
    assertThat(CommandRun.of("validate", "--manifests", shop, "--schema", schemas).exit())
        .isEqualTo(1);
  }

  @Test
  void aRuleOfADefinitionIsRun() throws IOException {
    String shop = write("shop.yaml", SHOP.replace("prot", "port"));
    String rule = "self.port > 1024";
    String definition = write("definition.yaml", DEFINITION + RULE.formatted(rule, "high ports"));

    CommandRun broken = CommandRun.of("validate", "--manifests", shop, "--schema", definition);
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).contains("! schema     " + shop + ":4: /spec: high ports");
    write("shop.yaml", SHOP.replace("prot: 80", "port: 8080"));
    assertThat(CommandRun.of("validate", "--manifests", shop, "--schema", definition).exit())
        .isZero();
    write("definition.yaml", DEFINITION + RULE.formatted("self.port > limit()", ""));
    CommandRun unknown = CommandRun.of("validate", "--manifests", shop, "--schema", definition);
    assertThat(unknown.exit()).isZero();
    assertThat(unknown.out())
        .contains("? schema     " + shop + ":1: ")
        .contains("the rule at /spec is not checked: undeclared reference to 'limit'");
  }

  @Test
  void everyFormatHasFileAndLine() throws IOException {
    String shop = write("shop.yaml", SHOP);
    String definition = write("definition.yaml", DEFINITION);
    String[] formats = {"sarif", "junit", "annotations", "json", "code-quality", "markdown"};

    for (String format : formats) {
      CommandRun run =
          CommandRun.of(
              "validate", "--manifests", shop, "--schema", definition, "--output", format);

      assertThat(run.exit()).as(format).isEqualTo(1);
      assertThat(run.out()).as(format).contains("unknown field").contains("5");
    }
    assertThat(
            CommandRun.of(
                    "validate", "--manifests", shop, "--schema", definition, "-o", "annotations")
                .out())
        .isEqualTo(
            "::error file="
                + shop
                + ",line=5,title=schema::"
                + shop
                + ":5: /spec/prot: unknown field; did you mean port?\n");
  }

  @Test
  void aWarningIsAnErrorIfThatIsWished() throws IOException {
    String file =
        write("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  namespace: b\n");

    CommandRun run = CommandRun.of("validate", "--manifests", file);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("? schema     " + file + ":5: /metadata/namespace");
    CommandRun strict = CommandRun.of("validate", "--strict", "--manifests", file);
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.out()).contains("! schema     " + file + ":5: /metadata/namespace");
  }

  @Test
  void applicationsAreCheckedWithoutTheirCluster() throws IOException {
    write("web/shop.yaml", SHOP);
    write("web/z.yaml", DEFINITION);
    String app = write("app.yaml", APPLICATION.formatted("web"));

    CommandRun run = CommandRun.of("validate", "-f", app);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("shop.yaml:5: /spec/prot: unknown field");
  }

  @Test
  void whatTwoApplicationsOfOneClusterDeclareIsADuplicate() throws IOException {
    String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    write("web/map.yaml", map);
    write("api/map.yaml", map);
    String both = APPLICATION.formatted("web") + "---\n" + APPLICATION.formatted("api");
    String app = write("app.yaml", both);

    CommandRun run = CommandRun.of("validate", "-f", app);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "! duplicate  map.yaml:1: ConfigMap/shop/a: application web declares it too, at"
                + " map.yaml:1");
    write("app.yaml", both.replaceFirst("kubeconfig: none", "kubeconfig: other"));
    assertThat(CommandRun.of("validate", "-f", app).exit()).isZero();
  }

  @Test
  void whatATenantMayNotWriteIsAFindingAtItsLine() throws IOException {
    write("web/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    write(
        "web/role.yaml",
        "\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n");
    String app =
        write("apps/app.yaml", APPLICATION.formatted("web").replace("path: ", "path: ../"));
    String tenants =
        write(
            "tenants.yaml",
            """
            apiVersion: gitops4j.github.io/v1alpha1
            kind: Tenant
            metadata: {name: team}
            spec:
              applications: ["app.yaml"]
              sources: ["**"]
              targets: ["**"]
              namespaces: [shop]
            """);

    CommandRun run = CommandRun.of("validate", "-f", app, "--tenants", tenants);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("! policy     role.yaml:2: tenant team may not write ClusterRole")
        .contains("1 wrong, 2 declared");
    write("tenants.yaml", Files.readString(Path.of(tenants)).replace("app.yaml", "other.yaml"));
    assertThat(CommandRun.of("validate", "-f", app, "--tenants", tenants).out())
        .contains("app.yaml:1: expected a file that is a tenant's");
  }

  @Test
  void whatAPolicyOfTheClusterWouldRefuseIsAnErrorAtItsLine() throws IOException {
    write("web/map.yaml", "\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    String app = write("app.yaml", APPLICATION.formatted("web"));
    String policy =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: labels}
        spec:
          matchConstraints:
            resourceRules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
          validations:
            - {expression: has(object.metadata.labels), message: labels are needed}
        """;
    String given = write("policies/labels.yaml", policy);
    String expected = "! policy     map.yaml:2: ConfigMap/shop/a: policy labels: labels are needed";

    assertThat(CommandRun.of("validate", "-f", app).exit()).isZero();
    CommandRun run = CommandRun.of("validate", "-f", app, "--policy", given);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains(expected);
    String all = directory.resolve("policies").toString();
    assertThat(CommandRun.of("validate", "-f", app, "--policy", all).out()).contains(expected);

    write("web/policy.yaml", policy);
    assertThat(CommandRun.of("validate", "-f", app).exit()).isZero();
    write(
        "web/binding.yaml",
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: labels}
        spec: {policyName: labels, validationActions: [Deny]}
        """);
    assertThat(CommandRun.of("validate", "-f", app).out()).contains(expected);
  }

  @Test
  void aPathWithoutManifestsIsAnError() throws IOException {
    String none = directory.resolve("none.yaml").toString();
    String text = write("a.txt", "");

    assertThat(CommandRun.of("validate", "--manifests", none).out()).contains("no such file");
    assertThat(CommandRun.of("validate", "--manifests", text).out()).contains("expected a .yaml");
    assertThat(CommandRun.of("validate", "--manifests", directory.toString()).exit()).isEqualTo(1);
    CommandRun beside = CommandRun.of("validate", "--manifests", text, "--tenants", text);
    assertThat(beside.err()).contains("--manifests: expected no option of applications");
  }

  private String write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, content).toString();
  }
}
