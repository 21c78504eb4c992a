package io.github.gitops4j.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.testkit.kubernetes.AdmissionWebhook;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server itself says that nothing would change when what was just applied is applied again:
 * so whoever sees a difference there is wrong.
 */
@ExtendWith(ControlPlaneExtension.class)
class ServerTruthIT {
  private static final String LABEL =
      "[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"added\":\"here\"}}]";

  /** What is not of an object but about it, or said by others. */
  private static final DocumentDiffer DIFFER =
      DocumentDiffer.builder()
          .ignoring(
              Stream.of("managedFields", "resourceVersion", "generation")
                  .map(name -> FieldPath.root().field("metadata").field(name))
                  .toList())
          .build();

  @Test
  void aWideSetOfKindsIsTheSameWhenAppliedAgain(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    List<ClusterManifest> wide = ClusterManifest.wide();
    assertThat(wide).hasSizeGreaterThan(55);
    applyAll(plane.client(), new ClusterPaths(plane.client(), namespace.name()), wide);

    assertNothingWouldChange(plane.client(), namespace.name(), wide);
  }

  @Test
  void soItIsWithAWebhookThatChangesAll(ControlPlane plane, TestNamespace namespace)
      throws IOException {
    List<ClusterManifest> wide = ClusterManifest.wide();
    try (AdmissionWebhook webhook =
        AdmissionWebhook.changing(
            plane, namespace, r -> r.contains("\"annotations\":{") ? "[]" : LABEL)) {
      applyAll(plane.client(), new ClusterPaths(plane.client(), namespace.name()), wide);

      assertNothingWouldChange(plane.client(), namespace.name(), wide);
      assertThat(webhook.reviews()).isGreaterThan(wide.size());
    }
  }

  @Test
  void aPublicRepositoryIsTheSameWhenAppliedAgain(ControlPlane plane, TestNamespace namespace)
      throws IOException, InterruptedException {
    List<ClusterManifest> all = PublicManifests.read();
    assertThat(all).hasSizeGreaterThan(60);
    applyAll(plane.client(), new ClusterPaths(plane.client(), namespace.name()), all);

    assertNothingWouldChange(plane.client(), namespace.name(), all);
  }

  /** Definitions go first, namespaces next. */
  private static void applyAll(
      PlaneClient client, ClusterPaths paths, List<ClusterManifest> manifests) {
    List<ClusterManifest> rest = new ArrayList<>(manifests);
    for (ClusterManifest manifest : manifests) {
      if (manifest.isDefinition() || manifest.kind().equals("Namespace")) {
        String path = paths.of(manifest);
        apply(client, path, manifest);
        if (manifest.isDefinition()) {
          awaitEstablished(client, path);
        }
        rest.remove(manifest);
      }
    }
    rest.forEach(manifest -> apply(client, paths.of(manifest), manifest));
  }

  private static void apply(PlaneClient client, String path, ClusterManifest manifest) {
    PlaneAnswer answer = client.apply(path + "?fieldValidation=Strict", "truth", manifest.json());
    assertThat(answer.isSuccess()).as("%s: %s", manifest, answer).isTrue();
  }

  private static void awaitEstablished(PlaneClient client, String path) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!client.get(path).body().contains("\"type\":\"Established\",\"status\":\"True\"")
        && !client.get(path).body().contains("\"reason\":\"InitialNamesAccepted\"")) {
      assertThat(System.nanoTime()).as(path).isLessThan(end);
    }
  }

  private static void assertNothingWouldChange(
      PlaneClient client, String namespace, List<ClusterManifest> manifests) {
    ClusterPaths paths = new ClusterPaths(client, namespace);
    List<String> changed = new ArrayList<>();
    for (ClusterManifest manifest : manifests) {
      String path = paths.of(manifest);
      PlaneAnswer again = client.apply(path + "?dryRun=All", "truth", manifest.json());
      List<FieldChange> changes =
          DIFFER.diff(
              ClusterPaths.parse(again.body()), ClusterPaths.parse(client.get(path).body()));
      changes.stream()
          .filter(change -> !change.path().toString().startsWith("/status"))
          .forEach(change -> changed.add(manifest + ": " + change));
    }
    assertThat(changed).isEmpty();
  }
}
