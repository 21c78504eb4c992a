package io.github.gitops4j.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.kubernetes.AdmissionWebhook;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application of some size meets in a cluster, from the first apply to the last prune. */
class KubernetesAcceptanceIT {
  private static final String ANNOTATION =
      "[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"added\":\"here\"}}]";

  /**
   * What others need: their kind, their namespace, or limits without which a quota refuses them.
   */
  private static final Set<String> NEEDED =
      Set.of("CustomResourceDefinition", "Namespace", "LimitRange");

  private ControlPlane plane;
  private ClusterScene scene;

  /** Much of what is applied has no namespace, so each test has a cluster of its own. */
  @BeforeEach
  void start() throws IOException {
    plane = ControlPlane.start();
    scene = new ClusterScene(plane);
  }

  @AfterEach
  void stop() {
    scene.close();
    plane.close();
  }

  @Test
  void aWideSetOfKindsIsInSyncWhenItIsApplied() throws IOException {
    scene.declare(ClusterManifest.wide());

    scene.converge();

    scene.assertInSync();
  }

  @Test
  void soItIsWithAWebhookThatChangesAll() throws IOException {
    try (AdmissionWebhook webhook =
        AdmissionWebhook.changing(
            plane, scene.namespace(), r -> r.contains("\"annotations\":{") ? "[]" : ANNOTATION)) {
      scene.declare(ClusterManifest.wide());

      scene.converge();

      scene.assertInSync();
      assertThat(plane.client().get(scene.namespace().core("services/web")).body())
          .contains("\"added\":\"here\"");
      assertThat(webhook.reviews()).isPositive();
    }
  }

  @Test
  void aPublicRepositoryIsAppliedHeldAgainstOthersAndPrunedExactly() throws Exception {
    List<ClusterManifest> all = PublicManifests.read();
    scene.declare(all);
    scene.converge();
    scene.assertInSync();

    disturb(all, new Random(11));
    scene.converge();
    scene.assertInSync();
    assertThat(all).allMatch(scene::isThere);

    String bystander = scene.namespace().core("configmaps/bystander");
    plane
        .client()
        .apply(
            bystander,
            "somebody",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: bystander}}");
    List<ClusterManifest> kept = some(all, new Random(12));
    scene.declare(kept);
    scene.converge();
    assertExactly(kept, all);
    assertThat(plane.client().get(bystander).status()).isEqualTo(200);
  }

  @Test
  void processesThatDieLeaveNoOrphanAndPruneNothingWrong() throws IOException {
    Random random = new Random(13);
    List<ClusterManifest> all = ClusterManifest.wide();
    for (int round = 0; round < 8; round++) {
      scene.declare(some(all, random));
      for (int deaths = random.nextInt(3); deaths >= 0; deaths--) {
        scene.die(FaultPlan.create().atCall(1 + random.nextInt(200), Fault.crash()));
      }
      List<ClusterManifest> declared = some(all, random);
      scene.declare(declared);
      scene.converge();
      scene.assertInSync();
      assertExactly(declared, all);
    }
  }

  @Test
  void aServerThatFailsNowAndThenLeavesNothingWrong() throws IOException {
    Random random = new Random(17);
    List<ClusterManifest> all = ClusterManifest.wide();
    try (ApiFaultProxy proxy = ApiFaultProxy.to(plane);
        ClusterScene shaken = new ClusterScene(plane, proxy.kubeconfig(User.ADMIN))) {
      for (int round = 0; round < 8; round++) {
        shaken.declare(some(all, random));
        for (int fault = 0; fault < 12; fault++) {
          proxy.faults().nth(1 + random.nextInt(150), call -> true, fault(random));
        }
        shaken.pass();
        shaken.pass();
        assertThat(proxy.faults().pending()).as("faults that struck nobody").isLessThan(12);
        proxy.faults().clear();
        List<ClusterManifest> declared = some(all, random);
        shaken.declare(declared);
        shaken.converge();
        shaken.assertInSync();
        assertThat(all.stream().filter(shaken::isThere))
            .containsExactlyInAnyOrderElementsOf(declared);
      }
    }
  }

  private static ApiFault fault(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> ApiFault.status(500);
      case 1 -> ApiFault.retryLater(429, Duration.ofSeconds(0));
      case 2 -> ApiFault.status(503);
      case 3 -> ApiFault.unauthorized();
      case 4 -> new ApiFault.LostRequest();
      case 5 -> new ApiFault.BrokenAnswer(0, ApiFault.End.RESET);
      default -> new ApiFault.BrokenAnswer(random.nextInt(300), ApiFault.End.CLOSE);
    };
  }

  /** Another writer deletes some, takes fields of others by force, and adds what is its own. */
  private void disturb(List<ClusterManifest> all, Random random) {
    PlaneClient rival = plane.client();
    for (ClusterManifest manifest : all) {
      String path = scene.path(manifest);
      switch (manifest.isDefinition() ? 2 : random.nextInt(4)) {
        case 0 -> assertThat(rival.delete(path).isSuccess()).isTrue();
        case 1 -> rival.merge(path, "{\"spec\":null,\"rules\":null,\"data\":null}");
        case 2 -> rival.merge(path, "{\"metadata\":{\"labels\":{\"rival\":\"was-here\"}}}");
        default -> {
          // Left alone.
        }
      }
    }
  }

  /** About two of three, and what they need. */
  private static List<ClusterManifest> some(List<ClusterManifest> all, Random random) {
    List<ClusterManifest> some = new ArrayList<>();
    for (ClusterManifest manifest : all) {
      if (isKept(manifest) || random.nextInt(3) > 0) {
        some.add(manifest);
      }
    }
    return some;
  }

  /**
   * The controller of the cluster that fills in aggregated roles applies them, and so makes one
   * again that was deleted at that moment: nobody can prune such a role for certain.
   */
  private static boolean isKept(ClusterManifest manifest) {
    return NEEDED.contains(manifest.kind()) || manifest.json().contains("aggregationRule");
  }

  private void assertExactly(List<ClusterManifest> declared, List<ClusterManifest> ever) {
    List<ClusterManifest> there = ever.stream().filter(scene::isThere).toList();
    assertThat(there).containsExactlyInAnyOrderElementsOf(declared);
  }
}
