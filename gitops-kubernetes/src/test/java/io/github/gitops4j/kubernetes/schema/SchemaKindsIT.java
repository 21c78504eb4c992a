package io.github.gitops4j.kubernetes.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.ServedKinds;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks a real API server about every kind that it serves, with the schemas that it publishes. */
@ExtendWith(ControlPlaneExtension.class)
class SchemaKindsIT {
  private final PlaneClient client;
  private final TestNamespace namespace;
  private final KubernetesSchemas schemas;
  private final List<String> refusedByUsOnly = new ArrayList<>();
  private final List<String> notMissed = new ArrayList<>();
  private int compared;

  SchemaKindsIT(ControlPlane plane, TestNamespace namespace) {
    this.client = plane.client();
    this.namespace = namespace;
    byte[] published = client.get("/openapi/v2").body().getBytes(UTF_8);
    this.schemas = KubernetesSchemas.builder().add("published.json", published).build();
  }

  @Test
  void ofNoKindIsRefusedWhatTheServerTakes() {
    for (String version : ServedKinds.versions(client)) {
      String root = version.contains("/") ? "/apis/" : "/api/";
      for (Mapping resource : ServedKinds.list(client, root + version, "/resources")) {
        String json = resource.toJson();
        // What cannot be listed is a question to the server, or a part of something.
        if (json.contains("\"create\"") && json.contains("\"list\"")) {
          kind(root + version, version, resource);
        }
      }
    }

    assertThat(refusedByUsOnly).isEmpty();
    assertThat(notMissed).isEmpty();
    assertThat(compared).isGreaterThan(40);
  }

  private void kind(String root, String version, Mapping resource) {
    boolean inNamespace = resource.toJson().contains("\"namespaced\":true");
    String path =
        root
            + (inNamespace ? "/namespaces/" + namespace.name() + "/" : "/")
            + resource.text("name").orElseThrow()
            + "?dryRun=All&fieldValidation=Strict";
    String head =
        "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"a\"}"
            .formatted(version, resource.text("kind").orElseThrow());
    for (String rest : List.of("}", ",\"spec\":{}}", ",\"spec\":null}", ",\"spec\":[]}")) {
      boolean refused = !problems(head + rest).isEmpty();
      if (refused && client.post(path, head + rest).isSuccess()) {
        refusedByUsOnly.add(head + rest + problems(head + rest));
      }
    }
    String unknown = head + ",\"noSuchField\":1}";
    if (problems(unknown).stream().noneMatch(problem -> problem.contains("/noSuchField"))
        && client.post(path, unknown).body().contains("noSuchField")) {
      notMissed.add(unknown);
    }
    compared++;
  }

  private List<String> problems(String json) {
    Mapping object = (Mapping) JsonReader.create().read("object", json.getBytes(UTF_8)).root();
    GroupVersionKind kind = GroupVersionKind.of(Document.of(object));
    return SchemaWalk.problems(object, schemas.published(kind).orElseThrow().schema(), 1).stream()
        .map(problem -> problem.at().path() + " " + problem.message())
        .toList();
  }
}
