package io.github.gitops4j.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed at each request of passes that run a hook, create, update, replace
 * and prune. Inventory and history are in the cluster.
 */
@ExtendWith(ControlPlaneExtension.class)
class KilledProcessesIT {
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");
  private static final int STRIDE = SOAK ? 1 : 9;
  private static final int KILLED = 137;
  private static final FieldPath CONTENT = FieldPath.parse("/data/k");

  /** Is run and not kept, in each of the three. */
  private static final String HOOK = "hook";

  private static final Map<String, String> BEFORE =
      objects("hook old, kept old, changed old, frozen old, gone old, returned old");
  private static final Map<String, String> AFTER =
      objects("hook new, kept old, changed new, frozen new, made new, fresh new");

  /** What is declared next, when somebody has gone back on it before it was done. */
  private static final Map<String, String> INSTEAD =
      objects("hook third, kept old, changed third, frozen old, returned old");

  @TempDir private Path directory;
  private final ControlPlane plane;
  private final PlaneClient others;

  KilledProcessesIT(ControlPlane plane) {
    this.plane = plane;
    this.others = plane.client();
  }

  private static Map<String, String> objects(String namesAndContents) {
    return Arrays.stream(namesAndContents.split(", ", -1))
        .map(object -> object.split(" ", -1))
        .collect(Collectors.toMap(object -> object[0], object -> object[1]));
  }

  @Test
  void killedAtAnyRequestTheNextProcessFinishes() throws Exception {
    killedAtAnyRequest(1, AFTER);
  }

  @Test
  void killedAtAnyRequestTheNextProcessDoesWhatIsDeclaredByThen() throws Exception {
    killedAtAnyRequest(1 + STRIDE / 2, INSTEAD);
  }

  private void killedAtAnyRequest(int first, Map<String, String> next) throws Exception {
    boolean ended = false;
    for (int request = first; !ended; request += STRIDE) {
      try (TestNamespace namespace = TestNamespace.in(plane)) {
        ended = killedAt(request, namespace, next);
      }
    }
  }

  /** Says whether the process came to its end before that request. */
  private boolean killedAt(int request, TestNamespace namespace, Map<String, String> next)
      throws Exception {
    Path desired = Files.createDirectory(directory.resolve("desired-" + request));
    ClusterProcess fresh = new ClusterProcess(plane.kubeconfig(), desired, namespace.name(), 16);
    declare(desired, BEFORE);
    fresh.converge();
    others.post(
        namespace.core("configmaps"),
        "{\"metadata\":{\"name\":\"theirs\"},\"data\":{\"k\":\"t\"}}");
    declare(desired, AFTER);
    boolean ended = !isKilledAt(request, desired, namespace);
    Optional<String> ran = run(namespace, next);

    declare(desired, next);
    fresh.converge();

    SortedMap<String, String> expected = new TreeMap<>(next);
    expected.put("theirs", "t");
    assertThat(contents(namespace)).as("killed at request %d", request).isEqualTo(expected);
    assertThat(ran.or(() -> run(namespace, next)))
        .as("the run of the hook, killed at request %d", request)
        .isEqualTo(run(namespace, next));
    return ended;
  }

  /** Returns the uid of the hook if it was run with that content. */
  private Optional<String> run(TestNamespace namespace, Map<String, String> declared) {
    Document hook = ClusterPaths.parse(others.get(namespace.core("configmaps/" + HOOK)).body());
    return hook.text(CONTENT)
        .filter(content -> content.equals(declared.get(HOOK)))
        .flatMap(content -> hook.text(FieldPath.parse("/metadata/uid")));
  }

  /** One request is under way at a time, so that none arrives after the death. */
  private boolean isKilledAt(int request, Path desired, TestNamespace namespace) throws Exception {
    try (ApiFaultProxy proxy = ApiFaultProxy.to(plane)) {
      CompletableFuture<Process> child = new CompletableFuture<>();
      proxy.faults().nth(request, call -> true, new ApiFault.After(() -> kill(child.join())));
      Path kubeconfig = directory.resolve("kubeconfig-" + request);
      Files.writeString(kubeconfig, proxy.kubeconfig(User.ADMIN));
      child.complete(new ClusterProcess(kubeconfig, desired, namespace.name(), 1).start());
      int exit = child.join().waitFor();
      boolean killed = proxy.faults().pending() == 0;
      assertThat(exit).isEqualTo(killed ? KILLED : 0);
      return killed;
    }
  }

  private static void kill(Process child) {
    try {
      child.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void declare(Path desired, Map<String, String> contents) throws IOException {
    try (var files = Files.list(desired)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    contents.forEach((name, content) -> declare(desired, name, content));
  }

  private static void declare(Path desired, String name, String content) {
    try {
      Files.writeString(
          desired.resolve(name + ".yaml"),
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: %s, annotations: {gitops4j.github.io/%s}}
          immutable: %s
          data: {k: %s}
          """
              .formatted(
                  name,
                  name.equals(HOOK) ? "hook: before" : "replace: if-immutable",
                  name.equals("frozen"),
                  content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedMap<String, String> contents(TestNamespace namespace) {
    SortedMap<String, String> contents = new TreeMap<>();
    Document list = ClusterPaths.parse(others.get(namespace.core("configmaps")).body());
    Sequence items = (Sequence) list.at(FieldPath.parse("/items")).orElseThrow();
    for (int i = 0; i < items.size(); i++) {
      Document item = Document.of(items.get(i));
      item.text(CONTENT)
          .ifPresent(
              k -> contents.put(item.text(FieldPath.parse("/metadata/name")).orElseThrow(), k));
    }
    return contents;
  }
}
