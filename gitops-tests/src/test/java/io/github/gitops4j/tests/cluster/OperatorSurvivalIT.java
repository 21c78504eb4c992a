package io.github.gitops4j.tests.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator and what it runs, brought to a cluster by processes that are killed while somebody
 * else changes the same objects.
 */
class OperatorSurvivalIT {
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");
  private static final int ROUNDS = SOAK ? 30 : 2;
  private static final int KILLS = SOAK ? 4 : 2;
  private static final int WRITES = 120;

  /** What the other one writes over ours. */
  private static final Map<String, String> EDITS =
      Map.of(
          "ConfigMap", "{\"data\": {\"k\": \"theirs\"}}",
          "Secret", "{\"stringData\": {\"k\": \"theirs\"}}",
          "Service", "{\"spec\": {\"sessionAffinity\": \"ClientIP\"}}",
          "Deployment", "{\"spec\": {\"replicas\": 2}}",
          "Role", "{\"rules\": null}",
          "Monitor", "{\"spec\": {\"k\": \"theirs\"}}",
          "Probe", "{\"spec\": null}");

  private static final String TAKE_LABEL = "{\"metadata\": {\"labels\": {\"round\": \"theirs\"}}}";
  private static final String OWN_LABEL = "{\"metadata\": {\"labels\": {\"rival\": \"here\"}}}";

  @TempDir private Path directory;
  private final Random random = new Random(20261126);
  private final Set<String> labeled = ConcurrentHashMap.newKeySet();
  private final SortedMap<String, ClusterManifest> objects = new TreeMap<>();
  private ControlPlane plane;
  private PlaneClient rival;
  private TestNamespace namespace;
  private ClusterPaths paths;
  private Path desired;
  private ClusterProcess fresh;

  /** Much of what is applied has no namespace. */
  @BeforeEach
  void start() throws IOException {
    plane = ControlPlane.start();
    rival = plane.client();
    namespace = TestNamespace.in(plane);
    paths = new ClusterPaths(rival, namespace.name());
    desired = Files.createDirectory(directory.resolve("desired"));
    fresh = new ClusterProcess(plane.kubeconfig(), desired, namespace.name(), 16);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void outlivesKillsAndACompetingWriterAndIsPrunedExactly() throws Exception {
    declare(OperatorManifests.of(0));
    fresh.converge();
    assertRound(0);
    label(namespace.core("configmaps/part-0"));

    for (int round = 1; round <= ROUNDS; round++) {
      declare(OperatorManifests.of(round));
      killedAgainAndAgain();
      fresh.converge();
      assertRound(round);
      assertThat(labeled).allMatch(path -> body(path).contains("\"rival\":\"here\""));
    }

    String bystander = namespace.path(OperatorManifests.GROUP + "/v1", "monitors/theirs");
    rival.apply(
        bystander,
        "somebody",
        "{apiVersion: "
            + OperatorManifests.GROUP
            + "/v1, kind: Monitor, metadata: {name: theirs}}");
    SortedMap<String, String> rest = OperatorManifests.of(ROUNDS);
    rest.keySet().removeIf(this::isDropped);
    declare(rest);
    killedAgainAndAgain();
    fresh.converge();
    assertThat(objects.keySet().stream().filter(this::isThere))
        .containsExactlyElementsOf(rest.keySet());
    assertThat(rival.get(bystander).status()).isEqualTo(200);

    declare(OperatorManifests.of(ROUNDS + 1));
    killedAgainAndAgain();
    fresh.converge();
    assertRound(ROUNDS + 1);
  }

  /** A kind with its definition, and some of the others. */
  private boolean isDropped(String name) {
    return name.endsWith("probe") || (name.startsWith("part-") && random.nextInt(3) == 0);
  }

  private void declare(SortedMap<String, String> manifests) throws IOException {
    try (var old = Files.list(desired)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> manifest : manifests.entrySet()) {
      Path file = desired.resolve(manifest.getKey() + ".yaml");
      Files.writeString(file, manifest.getValue());
      objects.putIfAbsent(manifest.getKey(), ClusterManifest.read(List.of(file)).get(0));
    }
  }

  private void killedAgainAndAgain() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (ApiFaultProxy proxy = ApiFaultProxy.to(plane)) {
        CompletableFuture<Process> child = new CompletableFuture<>();
        proxy
            .faults()
            .always(this::isContended, new ApiFault.Before(this::write))
            .nth(
                1 + random.nextInt(WRITES),
                ApiCall::isWrite,
                new ApiFault.After(() -> child.join().destroyForcibly()));
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, proxy.kubeconfig(User.ADMIN));
        child.complete(new ClusterProcess(kubeconfig, desired, namespace.name(), 16).start());
        child.join().waitFor();
      }
    }
  }

  private boolean isContended(ApiCall call) {
    return call.isWrite() && random.nextInt(3) == 0;
  }

  /** Changes any object, ours or what is its own of it. */
  private void write() {
    List<ClusterManifest> all = new ArrayList<>(objects.values());
    ClusterManifest manifest = all.get(random.nextInt(all.size()));
    String path = paths.of(manifest);
    switch (random.nextInt(3)) {
      case 0 -> rival.merge(path, EDITS.getOrDefault(manifest.kind(), TAKE_LABEL));
      case 1 -> rival.merge(path, TAKE_LABEL);
      default -> label(path);
    }
  }

  private void label(String path) {
    if (rival.merge(path, OWN_LABEL).isSuccess()) {
      labeled.add(path);
    }
  }

  private void assertRound(int round) {
    assertThat(objects.values())
        .allSatisfy(
            manifest ->
                assertThat(body(paths.of(manifest)))
                    .contains("\"round\":\"" + round + "\"")
                    .doesNotContain("\"theirs\""));
  }

  private String body(String path) {
    return rival.get(path).body();
  }

  private boolean isThere(String name) {
    PlaneAnswer answer = rival.get(paths.of(requireNonNull(objects.get(name), name)));
    return answer.isSuccess() && !answer.body().contains("\"deletionTimestamp\"");
  }
}
