package io.github.gitops4j.kubernetes.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.ServedKinds;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks a real API server what it says of names, for every kind that it serves. */
@ExtendWith(ControlPlaneExtension.class)
class NameRuleIT {
  private static final int INVALID = 422;

  private static final List<String> NAMES =
      List.of(
          "a",
          "a.b",
          "a-b.c-d",
          "1a",
          "A",
          "a_b",
          "a:b",
          "a b",
          "-a",
          "a.",
          "a..b",
          "ä",
          "a".repeat(63),
          "a".repeat(64),
          "a.".repeat(126) + "a",
          "a.".repeat(126) + "ab",
          ".",
          "..",
          "a/b",
          "a%b");

  /**
   * Kinds whose names have to fit the rest of the object, have to be shorter, or are checked by
   * another rule with an option of the server (Service) or once they are there (StatefulSet).
   */
  private static final Set<String> STRICTER =
      Set.of(
          "apiregistration.k8s.io/v1 APIService",
          "apiextensions.k8s.io/v1 CustomResourceDefinition",
          "apps/v1 StatefulSet",
          "batch/v1 CronJob",
          "networking.k8s.io/v1 IPAddress",
          "v1 Service");

  private final Set<String> refusedByUsOnly = new TreeSet<>();
  private final Set<String> refusedByTheServerOnly = new TreeSet<>();
  private final Set<String> undecided = new TreeSet<>();
  private int compared;

  @Test
  void whatTheServerAcceptsIsNotRefusedAndTheRestIs(ControlPlane plane, TestNamespace namespace) {
    for (String version : ServedKinds.versions(plane.client())) {
      String root = version.contains("/") ? "/apis/" : "/api/";
      for (Mapping resource : ServedKinds.list(plane.client(), root + version, "/resources")) {
        if (isStored(resource)) {
          kind(plane, namespace, root + version, version, resource);
        }
      }
    }

    assertThat(refusedByUsOnly).isEmpty();
    assertThat(refusedByTheServerOnly).isEqualTo(STRICTER);
    assertThat(undecided).isEmpty();
    assertThat(compared).isGreaterThan(40 * (NAMES.size() - 4));
  }

  /** What cannot be listed is a question to the server, or a part of something. */
  private static boolean isStored(Mapping resource) {
    String json = resource.toJson();
    return json.contains("\"create\"") && json.contains("\"list\"");
  }

  private void kind(
      ControlPlane plane, TestNamespace namespace, String root, String version, Mapping resource) {
    String kind = resource.text("kind").orElseThrow();
    boolean inNamespace = resource.toJson().contains("\"namespaced\":true");
    String path =
        root
            + (inNamespace ? "/namespaces/" + namespace.name() + "/" : "/")
            + resource.text("name").orElseThrow()
            + "?dryRun=All";
    NameRule rule = NameRule.of(version, kind);
    for (String name : NAMES) {
      String object =
          "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"}}"
              .formatted(version, kind, name);
      compare(version + " " + kind, name, rule, plane.client().post(path, object));
    }
  }

  private void compare(String kind, String name, NameRule rule, PlaneAnswer answer) {
    boolean refused = answer.status() == INVALID && blamesTheName(answer.body());
    if (!refused && !answer.isSuccess() && answer.status() != INVALID) {
      undecided.add(kind + " " + answer.status() + " " + answer.body());
      return;
    }
    if (!refused && answer.status() == INVALID && !NameRule.SEGMENT.allows(name)) {
      // What holds for every kind is checked last.
      return;
    }
    compared++;
    if (refused && rule.allows(name)) {
      refusedByTheServerOnly.add(kind);
    } else if (!refused && !rule.allows(name)) {
      refusedByUsOnly.add(kind + " " + name);
    }
  }

  private static boolean blamesTheName(String body) {
    Mapping status = (Mapping) JsonReader.create().read("answer", body.getBytes(UTF_8)).root();
    return status.toJson().contains("\"field\":\"metadata.name\"");
  }
}
