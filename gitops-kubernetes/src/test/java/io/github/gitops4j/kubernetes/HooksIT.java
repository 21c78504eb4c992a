package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs as hooks; the test ends them by their status, as a kubelet's news would. */
@ExtendWith(ControlPlaneExtension.class)
class HooksIT {
  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  HooksIT(ControlPlane plane) {
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.others = plane.client();
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** A new process each time: inventory and history are in the cluster. */
  private ReconcileReport pass() {
    return reconciler().reconcile(call);
  }

  private Reconciler reconciler() {
    return Reconciler.builder(
            source,
            KubernetesTarget.builder(site.client(), "tests/hooks")
                .defaultNamespace(namespace.name())
                .build())
        .gates(List.of())
        .build();
  }

  private void declare(String value, String annotations) {
    source.commit(
        "declare",
        files -> {
          files.put(
              "settings.yaml",
              "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {k: %s}\n"
                  .formatted(value));
          files.put("migrate.yaml", job("migrate", annotations));
        });
  }

  /** A Job that the Job controller leaves to the test. */
  private static String job(String name, String annotations) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, annotations: {%s}}
        spec:
          managedBy: example.com/test
          template:
            spec: {restartPolicy: Never, containers: [{name: a, image: a}]}
        """
        .formatted(name, annotations);
  }

  private PlaneAnswer live(String name) {
    return others.get(namespace.path("batch/v1", "jobs/" + name));
  }

  private void ends(String name, String condition) {
    String before =
        condition.equals("Complete")
            ? "{\"type\": \"SuccessCriteriaMet\", \"status\": \"True\", \"reason\": \"r\", \"message\": \"m\"},"
            : "{\"type\": \"FailureTarget\", \"status\": \"True\", \"reason\": \"r\", \"message\": \"m\"},";
    String times =
        condition.equals("Complete")
            ? "\"startTime\": \"2026-01-01T00:00:00Z\", \"completionTime\": \"2026-01-01T00:01:00Z\", \"succeeded\": 1,"
            : "\"startTime\": \"2026-01-01T00:00:00Z\", \"failed\": 1,";
    PlaneAnswer answer =
        others.merge(
            namespace.path("batch/v1", "jobs/" + name + "/status"),
            "{\"status\": {"
                + times
                + "\"conditions\": ["
                + before
                + "{\"type\": \""
                + condition
                + "\", \"status\": \"True\", \"reason\": \"r\", \"message\": \"it crashed\"}]}}");
    assertThat(answer.isSuccess()).as("%s", answer).isTrue();
  }

  private boolean settingsAreThere() {
    return others.get(namespace.core("configmaps/settings")).isSuccess();
  }

  private String uid(String name) {
    return live(name).body().replaceAll("(?s).*\"uid\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void whatComesAfterAJobWaitsForItAndItRunsOnceForARevision() {
    declare("one", "argocd.argoproj.io/hook: PreSync");
    assertThat(pass().result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(settingsAreThere()).isFalse();
    String first = uid("migrate");
    assertThat(pass().outcomes()).isEmpty();

    ends("migrate", "Complete");
    assertThat(pass().converged()).isTrue();
    assertThat(settingsAreThere()).isTrue();
    assertThat(pass().outcomes()).isEmpty();
    assertThat(uid("migrate")).isEqualTo(first);

    declare("two", "argocd.argoproj.io/hook: PreSync");
    assertThat(pass().result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(uid("migrate")).isNotEqualTo(first);
  }

  @Test
  void aJobThatFailsHoldsTheRestAndRunsTheHooksForFailure() {
    declare("one", "helm.sh/hook: \"pre-install,pre-upgrade\"");
    source.commit(
        "cry", files -> files.put("cry.yaml", job("cry", "argocd.argoproj.io/hook: SyncFail")));
    pass();
    ends("migrate", "Failed");

    assertThat(pass().result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(live("cry").isSuccess()).isTrue();
    ends("cry", "Complete");

    assertThat(pass().result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> assertThat(failed.failure().message()).contains("/migrate: the hook failed"));
    assertThat(settingsAreThere()).isFalse();
    assertThat(reconciler().plan(call).holds())
        .singleElement()
        .satisfies(hold -> assertThat(hold.reason()).isEqualTo(HoldReason.HOOK_FAILED));
  }

  @Test
  void aJobIsRemovedAfterItsEndIfItSaysSo() {
    declare(
        "one",
        "argocd.argoproj.io/hook: PostSync,"
            + " argocd.argoproj.io/hook-delete-policy: HookSucceeded");
    assertThat(pass().result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(settingsAreThere()).isTrue();
    ends("migrate", "Complete");

    assertThat(pass().converged()).isTrue();
    assertThat(live("migrate").status()).isEqualTo(404);
    assertThat(pass().outcomes()).isEmpty();
  }
}
