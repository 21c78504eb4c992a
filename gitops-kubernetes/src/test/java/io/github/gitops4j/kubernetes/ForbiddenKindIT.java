package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.assertDone;
import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static io.github.gitops4j.kubernetes.FaultScene.secret;
import static io.github.gitops4j.kubernetes.FaultScene.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user who may do all with ConfigMaps, and not with Secrets. */
@ExtendWith(ControlPlaneExtension.class)
class ForbiddenKindIT {
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE = List.of("create", "patch", "delete");

  private final FaultScene scene;

  ForbiddenKindIT(ControlPlane plane) {
    this.scene = new FaultScene(plane);
  }

  @BeforeEach
  void applyAndGoOnAsAnother() {
    scene.declare(
        configMap("a", "old"), configMap("b", "old"), secret("s", "old"), secret("t", "old"));
    scene.converge();
    allow("configmaps", READ);
    allow("configmaps", WRITE);
    scene.restart(Config.fromKubeconfig(scene.proxy().kubeconfig(User.LIMITED)));
    scene.declare(
        configMap("a", "new"), configMap("c", "new"), secret("s", "new"), secret("u", "new"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void allow(String plural, List<String> verbs) {
    scene.namespace().allow("", List.of(plural), verbs);
  }

  @Test
  void whatMayNotBeListedIsHeldAndTheOthersGoOn() {
    ReconcileReport report = scene.pass();

    assertDone(report);
    assertThat(undecided(report)).extracting(key -> key.name()).containsExactly("s", "u", "t");
    assertThat(report.effects())
        .isEqualTo(Map.of(Effect.CREATED, 1, Effect.UPDATED, 1, Effect.PRUNED, 1));
    assertSecretsAreAsBefore();
    allow("secrets", READ);
    allow("secrets", WRITE);
    assertConverges();
  }

  @Test
  void whatMayNotBeWrittenFailsWithThatReasonAndTheOthersGoOn() {
    allow("secrets", READ);

    ReconcileReport report = scene.pass();

    assertThat(undecided(report)).extracting(key -> key.name()).containsExactly("s");
    assertForbidden(report, "u");
    assertThat(report.effects())
        .isEqualTo(Map.of(Effect.CREATED, 1, Effect.UPDATED, 1, Effect.FAILED, 1));
    assertSecretsAreAsBefore();
    allow("secrets", WRITE);
    assertConverges();
  }

  @Test
  void whatMayNotBePrunedStaysOursAndTheOthersGoOn() {
    allow("secrets", READ);
    scene.declare(configMap("a", "old"), secret("s", "old"));

    ReconcileReport report = scene.pass();

    assertForbidden(report, "t");
    assertThat(report.effects()).isEqualTo(Map.of(Effect.PRUNED, 1, Effect.FAILED, 1));
    assertSecretsAreAsBefore();
    allow("secrets", WRITE);
    scene.converge();
    assertThat(scene.live("secrets/t").status()).isEqualTo(404);
  }

  private static void assertForbidden(ReconcileReport report, String name) {
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.key().name()).isEqualTo(name);
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.FORBIDDEN);
            });
  }

  private void assertSecretsAreAsBefore() {
    assertThat(scene.live("secrets/s").body()).contains("\"k\":\"b2xk\"");
    assertThat(scene.live("secrets/t").status()).isEqualTo(200);
    assertThat(scene.live("secrets/u").status()).isEqualTo(404);
  }

  private void assertConverges() {
    scene.converge();
    assertThat(scene.live("secrets/s").body()).contains("\"k\":\"bmV3\"");
    assertThat(scene.live("secrets/t").status()).isEqualTo(404);
    assertThat(scene.live("secrets/u").status()).isEqualTo(200);
  }
}
