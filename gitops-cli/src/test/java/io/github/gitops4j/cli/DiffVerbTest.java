package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffVerbTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec: {replicas: 3, template: {spec: {containers: [{name: web, image: "web:2"}]}}}
      """;

  private static final String LIVE_WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default, uid: 1-2-3}
      spec:
        replicas: 5
        template:
          spec:
            containers:
              - {name: sidecar, image: "side:1"}
              - {name: web, image: "web:1", imagePullPolicy: Always}
      status: {replicas: 5}
      """;

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @TempDir Path directory;

  @Test
  void manifestsAreMatchedByKeyAndWhatOnlyLiveHasIsLeftAlone() throws IOException {
    write("desired/web.yaml", WEB);
    write("live/all.yml", LIVE_WEB);

    assertThat(diff())
        .isEqualTo(
            new CommandRun(
                2,
                """
                  changed      Deployment.apps/default/web
                      /spec/replicas: 5 -> 3
                      /spec/template/spec/containers/[name=web]/image: "web:1" -> "web:2"
                  1 differs
                """,
                ""));
  }

  @Test
  void additionsAreReportedWhenAskedFor() throws IOException {
    write("desired/web.yaml", WEB);
    write("live/web.yaml", LIVE_WEB.replace("Always", "Never"));

    assertThat(diff("--additions", "report").out())
        .contains("/spec/template/spec/containers/[name=sidecar]: {")
        .contains("/spec/template/spec/containers/[name=web]/imagePullPolicy: \"Never\" -> ")
        .doesNotContain("1-2-3", "/status");
  }

  @Test
  void ignoredFieldsDoNotCount() throws IOException {
    write("desired/web.yaml", WEB);
    write("live/web.yaml", LIVE_WEB.replace("web:1", "web:2"));

    assertThat(diff("--ignore", "Deployment:/spec/replicas").exit()).isZero();
    assertThat(diff("--ignore", "/spec/replicas").exit()).isZero();
    assertThat(diff("--ignore", "StatefulSet:/spec/replicas").exit()).isEqualTo(2);
  }

  @Test
  void wrongIgnoreRuleIsAnError() throws IOException {
    write("desired/web.yaml", WEB);
    write("live/web.yaml", LIVE_WEB);

    for (String wrong : new String[] {"spec/replicas", "", "Deployment:", "/a/[b"}) {
      CommandRun run = diff("--ignore", wrong);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).startsWith("gitops: --ignore: expected [KIND:]PATH").hasLineCount(1);
    }
  }

  @Test
  void fieldsOfIgnoredManagersDoNotCount() throws IOException {
    write("desired/web.yaml", WEB);
    write(
        "live/web.yaml",
        LIVE_WEB.replace(
            "uid: 1-2-3",
            """
            managedFields: [{manager: "team:scaler", operation: Update, apiVersion: apps/v1,
              fieldsType: FieldsV1, fieldsV1: {"f:spec": {"f:replicas": {}}}}]\
            """));

    assertThat(diff().out()).contains("/spec/replicas", "/image");
    for (String rule : List.of("team:scaler", "Deployment:team:scaler")) {
      assertThat(diff("--ignore-manager", rule).out())
          .doesNotContain("/spec/replicas")
          .contains("/image");
    }
    assertThat(diff("--ignore-manager", "StatefulSet:team:scaler").out())
        .contains("/spec/replicas");
    assertThat(diff("--ignore-manager", "Deployment:").err())
        .contains("--ignore-manager: expected [KIND:]NAME");
  }

  @Test
  void missingAndExtraAreDifferences() throws IOException {
    write("desired/a.yaml", manifest("v1", "ConfigMap", "a"));
    write("live/b.yaml", manifest("v1", "ConfigMap", "b"));

    assertThat(diff().out())
        .isEqualTo("  missing      ConfigMap/a\n  extra        ConfigMap/b\n  2 differ\n");
  }

  @Test
  void versionIsNoPartOfTheKey() throws IOException {
    write("desired/a.yaml", manifest("example.com/v2", "Shop", "a"));
    write("live/a.yaml", manifest("example.com/v1", "Shop", "a"));

    assertThat(diff().out())
        .contains("changed      Shop.example.com/a")
        .contains("/apiVersion: \"example.com/v1\" -> \"example.com/v2\"")
        .contains("1 differs");
  }

  @Test
  void namespaceOfTheTargetIsAssumedWhereNoneIsDeclared() throws IOException {
    write("desired/web.yaml", WEB);
    write("live/web.yaml", LIVE_WEB.replace("namespace: default", "namespace: shop"));

    assertThat(diff("-n", "shop").out()).contains("changed      Deployment.apps/shop/web");
    assertThat(diff().out()).contains("missing      Deployment.apps/web").contains("extra ");
  }

  @Test
  void secretsAreMaskedAndComparedAsTheyAreStored() throws IOException {
    String secret = "{apiVersion: v1, kind: Secret, metadata: {name: key}, ";
    write("desired/s.yaml", secret + "stringData: {token: hunter2, same: a}}");
    write(
        "live/s.yaml",
        secret.replace("name: key", "name: key, annotations: {" + LAST_APPLIED + ": hunter1}")
            + "data: {token: b2xkc2VjcmV0, same: YQ==}}");

    for (String format : new String[] {"text", "json", "markdown", "junit", "sarif"}) {
      CommandRun run = diff("-o", format, "--additions", "report");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out())
          .doesNotContain("hunter", "aHVudGVy", "b2xkc2VjcmV0", "YQ==")
          .doesNotContain("same");
    }
    assertThat(diff().out()).contains("/data/token: *** -> ***").hasLineCount(3);
  }

  @Test
  void whatWasAppliedBeforeAndIsDeclaredNoLongerGoes() throws IOException {
    write("desired/web.yaml", WEB);
    write(
        "live/web.yaml", LIVE_WEB.replace("web:1", "web:2").replace("replicas: 5", "replicas: 3"));
    write("applied/web.yaml", WEB.replace("[{name: web", "[{name: sidecar, image: a}, {name: web"));

    assertThat(diff().exit()).isZero();
    assertThat(diff("--applied", path("applied")))
        .isEqualTo(
            new CommandRun(
                2,
                """
                  changed      Deployment.apps/default/web
                      /spec/template/spec/containers/[name=sidecar]: {"image":"side:1","name":"sidecar"} -> absent
                  1 differs
                """,
                ""));
  }

  @Test
  void managedFieldsSayWhatWasAppliedBefore() throws IOException {
    String live =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: a
          managedFields:
          - manager: %s
            operation: Apply
            fieldsType: FieldsV1
            fieldsV1: {"f:data": {"f:old": {}, "f:kept": {}}}
        data: {old: "1", kept: "2", of-another: "3"}
        """;
    write("desired/a.yaml", manifest("v1", "ConfigMap", "a") + "data: {kept: \"2\"}\n");
    write("live/a.yaml", live.formatted("gitops4j:platform/shop"));

    assertThat(diff().out()).contains("/data/old: \"1\" -> absent").hasLineCount(3);
    assertThat(diff("--manager", "kubectl").exit()).isZero();
    write("live/a.yaml", live.formatted("kubectl"));
    assertThat(diff("--manager", "kubectl").out()).contains("/data/old: \"1\" -> absent");
    assertThat(diff().exit()).isZero();
  }

  @Test
  void theSameInOtherWordsIsNoDifference() throws IOException {
    write(
        "desired/web.yaml",
        WEB.replace("image: \"web:2\"", "image: \"web:2\", resources: {limits: {cpu: 1.5}}")
            .replace("replicas: 3", "replicas: 3, minReadySeconds: 0"));
    write(
        "live/web.yaml",
        LIVE_WEB
            .replace("replicas: 5", "replicas: 3")
            .replace("\"web:1\"", "\"web:2\", resources: {limits: {cpu: 1500m}}"));

    assertThat(diff()).isEqualTo(new CommandRun(0, "  equal\n", ""));
  }

  @Test
  void otherDocumentsAreMatchedByPlaceAndComparedWhole() throws IOException {
    write("desired/conf/a.yaml", "a: 1\n---\nb: 2\n");
    write("live/conf/a.yaml", "a: 1\n---\nb: 2\nc: 3\n");

    assertThat(diff().out())
        .isEqualTo("  changed      Document/conf/a.yaml#2\n      /c: 3 -> absent\n  1 differs\n");
    assertThat(
            CommandRun.of(
                    "diff", "--desired", path("desired/conf/a.yaml"), "--live", path("live/conf"))
                .exit())
        .isEqualTo(2);
  }

  @Test
  void filesWithOtherNamesAreComparedDocumentByDocument() throws IOException {
    write("a.json", "{\"a\": 1}");
    write("b.yaml", "a: 1\n");

    assertThat(CommandRun.of("diff", "--desired", path("a.json"), "--live", path("b.yaml")))
        .isEqualTo(new CommandRun(0, "  equal\n", ""));
  }

  @Test
  void listsOfKubectlAreTakenApartAndReadFromTheStandardInput() throws IOException {
    write("desired/a.yaml", manifest("v1", "ConfigMap", "a"));
    String list =
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\","
            + " \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"a\"}}]}";

    assertThat(CommandRun.reading(list, "diff", "--desired", path("desired"), "--live", "-").exit())
        .isZero();
    CommandRun both = CommandRun.reading(list, "diff", "--desired", "-", "--live", "-");
    assertThat(both.exit()).isEqualTo(1);
    assertThat(both.err()).contains("only one side");
  }

  @Test
  void hiddenFilesLinksAndOtherEndingsAreNotRead() throws IOException {
    write("desired/a.yaml", manifest("v1", "ConfigMap", "a"));
    write("desired/.git/b.yaml", manifest("v1", "ConfigMap", "b"));
    write("desired/README.md", "# no: yaml: here");
    Files.createSymbolicLink(directory.resolve("desired/c.yaml"), directory.resolve("x.yaml"));
    write("live/a.yaml", manifest("v1", "ConfigMap", "a"));

    assertThat(diff()).isEqualTo(new CommandRun(0, "  equal\n", ""));
  }

  @Test
  void everyWrongFileIsNamedWithItsLine() throws IOException {
    write("desired/a.yaml", "a: 1\nb: [\n");
    write("desired/b.yaml", "a: 1\na: 2\n");
    write("live/a.yaml", "a: 1\n");

    CommandRun run = diff();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("desired/a.yaml:3")
        .contains("desired/b.yaml:2:1: the key \"a\" is there twice")
        .hasLineCount(2);
  }

  @Test
  void oneKeyTwiceOnASideNamesBothPlaces() throws IOException {
    write("desired/a.yaml", manifest("v1", "ConfigMap", "a"));
    write("desired/b.yaml", "---\n" + manifest("v1", "ConfigMap", "a"));
    write("live/a.yaml", manifest("v1", "ConfigMap", "a"));

    assertThat(diff().err())
        .contains("desired/b.yaml:2: ConfigMap/a is in " + path("desired/a.yaml") + ":1 too");
  }

  @Test
  void missingSideIsAnError() throws IOException {
    write("desired/a.yaml", "a: 1\n");

    CommandRun run = diff();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("live: no such file\n").hasLineCount(1);
  }

  private CommandRun diff(String... more) {
    String[] all = new String[more.length + 5];
    System.arraycopy(
        new String[] {"diff", "--desired", path("desired"), "--live", path("live")}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return CommandRun.of(all);
  }

  private String path(String below) {
    return directory.resolve(below).toString();
  }

  private static String manifest(String version, String kind, String name) {
    return "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\n";
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
