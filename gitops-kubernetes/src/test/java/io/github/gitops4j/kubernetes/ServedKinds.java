package io.github.gitops4j.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.util.ArrayList;
import java.util.List;

/** The kinds of Kubernetes itself that a server serves; those of other tests come and go. */
public final class ServedKinds {
  private ServedKinds() {}

  /** Returns all versions, such as {@code v1} and {@code apps/v1}. */
  public static List<String> versions(PlaneClient client) {
    List<String> versions = new ArrayList<>(List.of("v1"));
    for (Mapping group : list(client, "/apis", "/groups")) {
      String name = group.text("name").orElseThrow();
      if (!name.contains(".") || name.endsWith(".k8s.io")) {
        for (Mapping served : items((Sequence) group.get("versions").orElseThrow())) {
          versions.add(served.text("groupVersion").orElseThrow());
        }
      }
    }
    return versions;
  }

  /** Returns the objects of a list in an answer. */
  public static List<Mapping> list(PlaneClient client, String path, String within) {
    byte[] body = client.get(path).body().getBytes(UTF_8);
    return items(
        (Sequence) JsonReader.create().read(path, body).at(FieldPath.parse(within)).orElseThrow());
  }

  private static List<Mapping> items(Sequence sequence) {
    List<Mapping> items = new ArrayList<>();
    for (int i = 0; i < sequence.size(); i++) {
      items.add((Mapping) sequence.get(i));
    }
    return items;
  }
}
