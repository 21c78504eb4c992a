package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ControlPlaneExtension.class)
class ClusterVerbsIT {
  @TempDir Path directory;

  @BeforeEach
  void declare() throws IOException {
    Files.createDirectories(directory.resolve("desired"));
    manifest("one");
  }

  private void manifest(String value) throws IOException {
    Files.writeString(
        directory.resolve("desired/a.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: " + value + "}\n");
  }

  private String application(Path kubeconfig, TestNamespace namespace, String more)
      throws IOException {
    Path file = directory.resolve("app.yaml");
    Files.writeString(
        file,
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source:
            directory: {path: desired}
          target:
            kubernetes: {kubeconfig: "%s", owner: tests/cli, namespace: %s%s}
        """
            .formatted(kubeconfig, namespace.name(), more));
    return file.toString();
  }

  @Test
  void plansAppliesAndTellsWhatHappened(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    String file = application(plane.kubeconfig(), namespace, "");
    String object = namespace.core("configmaps/a");

    CommandRun planned = CommandRun.of("plan", "-f", file);
    assertThat(planned.exit()).as(planned.err()).isEqualTo(2);
    assertThat(planned.out()).contains("ConfigMap/" + namespace.name() + "/a");
    assertThat(plane.client().get(object).status()).isEqualTo(404);

    CommandRun applied = CommandRun.of("apply", "-f", file);
    assertThat(applied.exit()).as(applied.err()).isZero();
    assertThat(plane.client().get(object).body()).contains("\"k\":\"one\"");
    assertThat(CommandRun.of("plan", "-f", file).exit()).isZero();
    assertThat(CommandRun.of("status", "-f", file).exit()).isZero();

    plane.client().merge(object, "{\"data\": {\"k\": \"edited\"}}");
    CommandRun drifted = CommandRun.of("plan", "-f", file);
    assertThat(drifted.exit()).isEqualTo(2);
    assertThat(drifted.out()).contains("/data/k");

    assertThat(CommandRun.of("apply", "-f", file).exit()).isZero();
    assertThat(plane.client().get(object).body()).contains("\"k\":\"one\"");
    assertThat(CommandRun.of("history", "-f", file).out().lines().count()).isGreaterThan(1);
  }

  @Test
  void aScalarThatOthersReadOtherwiseIsAWarningOfValidateAndPlan(
      ControlPlane plane, TestNamespace namespace) throws IOException {
    manifest("2001-12-14");
    String file = application(plane.kubeconfig(), namespace, "");

    CommandRun validated = CommandRun.of("validate", "-f", file);
    CommandRun planned = CommandRun.of("plan", "-f", file);

    assertThat(validated.exit()).as(validated.err()).isZero();
    assertThat(validated.out()).contains("? warning", "a.yaml:4: 2001-12-14 is text for kubectl");
    assertThat(planned.exit()).isEqualTo(2);
    assertThat(planned.out()).contains("a.yaml:4: 2001-12-14 is text for kubectl");
  }

  private static List<String> failures(CommandRun run) {
    return run.out().lines().filter(line -> line.startsWith("failed")).toList();
  }

  @Test
  void aClusterThatForbidsEverythingIsSaidInOneLine(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    String file = application(plane.kubeconfig(User.LIMITED), namespace, "");

    CommandRun run = CommandRun.of("plan", "-f", file);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(failures(run)).singleElement().asString().contains("failed: Forbidden");
  }

  @Test
  void aClusterThatIsNotThereIsSaidInOneLine(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    Path away = directory.resolve("away");
    Files.writeString(
        away,
        Files.readString(plane.kubeconfig())
            .replaceAll("server: .*", "server: https://127.0.0.1:1"));
    String file = application(away, namespace, "");

    CommandRun run = CommandRun.of("plan", "-f", file);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(failures(run)).singleElement().asString().contains("https://127.0.0.1:1");
  }

  @Test
  void aKubeconfigThatNamesAProgramIsRefusedUnlessAllowed(
      ControlPlane plane, TestNamespace namespace) throws IOException {
    Path credential = directory.resolve("credential.json");
    Files.writeString(
        credential,
        """
        {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
         "status": {"token": "%s"}}
        """
            .formatted(plane.token(User.ADMIN)));
    Path ran = directory.resolve("ran");
    Path kubeconfig =
        kubeconfig(
            plane,
            """
            {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh,
              args: ["-c", "touch %s; cat %s"], interactiveMode: Never}}
            """
                .formatted(ran, credential));

    CommandRun refused = CommandRun.of("plan", "-f", application(kubeconfig, namespace, ""));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).contains("names a program to run");
    assertThat(ran).doesNotExist();

    String allowed = application(kubeconfig, namespace, ", allowExec: true");
    CommandRun applied = CommandRun.of("apply", "-f", allowed);
    assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
    assertThat(ran).exists();
    assertThat(plane.client().get(namespace.core("configmaps/a")).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsNotAcceptedIsSaidInOneLine(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    Path kubeconfig = kubeconfig(plane, "{token: expired}");

    CommandRun run = CommandRun.of("plan", "-f", application(kubeconfig, namespace, ""));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(failures(run)).singleElement().asString().contains("failed: Unauthorized");
  }

  /** Writes a kubeconfig for the control plane with another user. */
  private Path kubeconfig(ControlPlane plane, String user) throws IOException {
    String authority =
        Base64.getEncoder().encodeToString(plane.authority().getBytes(StandardCharsets.UTF_8));
    Path file = directory.resolve("other-user");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: %s}]
        """
            .formatted(plane.url(), authority, user.strip().replace("\n", " ")));
    return file;
  }

  @Test
  void anUnknownContextIsNamed(ControlPlane plane, TestNamespace namespace) throws IOException {
    String file = application(plane.kubeconfig(), namespace, ", context: elsewhere");

    CommandRun run = CommandRun.of("plan", "-f", file);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("there is no context elsewhere");
  }
}
